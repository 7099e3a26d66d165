"""Official documents as docx, in the layout of GB/T 9704-2012: dataclasses in, bytes out.

No framework and no database. Chinese only: official documents are. A value that somebody typed
is put into a document as text and is never read as anything else; there are no templates.

Read in this order: `plain` (what a value becomes on paper), `measures` (the standard's figures),
`blank` (an empty document, and its bytes), `imprint` (whose it is, who took it away, when),
`writing` (paragraphs), `pages` (page numbers, turned pages, marks), `heads` and `closings` (what
stands above and below the text), `tables`; then the documents themselves.
"""
