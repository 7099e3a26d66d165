"""The relationships, elements and attributes of Office's files, by what becomes of them."""

from __future__ import annotations

from typing import Final

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
VML: Final = "urn:schemas-microsoft-com:vml"
OFFICE: Final = "urn:schemas-microsoft-com:office:office"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
STRICT: Final = b"http://purl.oclc.org/ooxml/"
# Who edited what when, as Excel notes it at every sheet, row and table.
REVISION: Final = "http://schemas.microsoft.com/office/spreadsheetml/20"

# The last word of a relationship's type. One that is not named here is refused.
SHOWN: Final = frozenset(
    [
        "officeDocument",
        "styles",
        "stylesWithEffects",
        "numbering",
        "settings",
        "fontTable",
        "theme",
        "themeOverride",
        "footnotes",
        "endnotes",
        "header",
        "footer",
        "comments",
        "image",
        "chart",
        "chartEx",
        "chartStyle",
        "chartColorStyle",
        "chartUserShapes",
        "diagramData",
        "diagramLayout",
        "diagramQuickStyle",
        "diagramColors",
        "diagramDrawing",
        "worksheet",
        "chartsheet",
        "sharedStrings",
        "drawing",
        "vmlDrawing",
        "table",
        "tableSingleCells",
        "pivotTable",
        "pivotCacheDefinition",
        "pivotCacheRecords",
        "sheetMetadata",
        "slicer",
        "slicerCache",
        "timeline",
        "timelineCache",
    ]
)
LEFT_OUT: Final = frozenset(
    [
        "core-properties",
        "extended-properties",
        "custom-properties",
        "thumbnail",
        "customXml",
        "customXmlProps",
        "printerSettings",
        "webSettings",
        "people",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "glossaryDocument",
        "person",
        "threadedComment",
        "calcChain",
        "attachedTemplate",
        "mailMergeSource",
        "mailMergeHeaderSource",
        "recipientData",
        "font",
        "keyMapCustomizations",
        "origin",
        "signature",
        "certificate",
        "usernames",
        "revisionHeaders",
        "revisionLog",
        "documenttasks",
        "classificationlabels",
        "extensibility",
        "volatileDependencies",
        "xmlMaps",
        "customProperty",
        "hyperlink",
        "transform",
        "downRev",
        "screenshot",
        "ui-extensibility",
        "userCustomization",
        "customizationXml",
        "package-part",
        "labels",
    ]
)
MACROS: Final = frozenset(
    [
        "vbaProject",
        "wordVbaData",
        "attachedToolbars",
        "xlMacrosheet",
        "xlIntlMacrosheet",
        "dialogsheet",
    ]
)
ENCLOSED: Final = frozenset(
    [
        "oleObject",
        "package",
        "aFChunk",
        "control",
        "activeXControlBinary",
        "video",
        "audio",
        "media",
        "ctrlProp",
    ]
)
EXTERNAL: Final = frozenset(
    [
        "externalLink",
        "externalLinkPath",
        "externalLinkLongPath",
        "xlPathMissing",
        "connections",
        "queryTable",
        "frame",
        "subDocument",
    ]
)

# (namespace or None for any, local name): taken out with all that stands in them.
ELEMENTS_LEFT_OUT: Final = frozenset(
    {
        *(
            (W, name)
            for name in [
                "rsids",
                "attachedTemplate",
                "mailMerge",
                "docVars",
                "proofErr",
                "permStart",
                "permEnd",
                "documentProtection",
                "writeProtection",
                "saveThroughXslt",
                "printerSettings",
                "dataBinding",
                "embedRegular",
                "embedBold",
                "embedItalic",
                "embedBoldItalic",
                "alias",
                "tag",
                "smartTagType",
                "activeWritingStyle",
                "linkStyles",
                "hdrShapeDefaults",
            ]
        ),
        *(
            (S, name)
            for name in [
                "fileSharing",
                "fileVersion",
                "fileRecoveryPr",
                "webPublishing",
                "webPublishItems",
                "customWorkbookViews",
                "customSheetViews",
                "workbookProtection",
                "sheetProtection",
                "protectedRanges",
                "smartTagPr",
                "smartTagTypes",
                "smartTags",
                "customProperties",
            ]
        ),
        (A, "extLst"),
        (A, "hlinkClick"),
        (A, "hlinkHover"),
        (A, "hlinkMouseOver"),
        (None, "absPath"),
        (None, "revisionPtr"),
        (None, "docId"),
        (None, "externalData"),
        (None, "presenceInfo"),
        (None, "chartTrackingRefBased"),
    }
)
# Attributes of any namespace that say who or when.
ATTRIBUTES_LEFT_OUT: Final = frozenset(
    [
        "initials",
        "date",
        "dateUtc",
        "paraId",
        "textId",
        "durableId",
        "refreshedBy",
        "refreshedDate",
        "refreshedDateIso",
        "userName",
        "userId",
        "providerId",
        "gfxdata",
        "alt",
        "descr",
        "title",
        "ed",
        "edGrp",
        "codeName",
        "dT",
        "done",
        "securityDescriptor",
    ]
)
# What an office program writes in its own name may be dated; a document's text never is.
DRAWN: Final = frozenset({"docPr", "cNvPr"})
NOBODY: Final = "-"

# Fields that fetch something when the document is opened or refreshed.
FETCHING_FIELDS: Final = frozenset(
    [
        "DDE",
        "DDEAUTO",
        "LINK",
        "INCLUDEPICTURE",
        "INCLUDETEXT",
        "INCLUDE",
        "IMPORT",
        "DATABASE",
        "RD",
        "EMBED",
    ]
)
FETCHING_FORMULAS: Final = r"\b(WEBSERVICE|RTD|IMAGE|CALL|REGISTER(\.ID)?|SQL\.REQUEST)\s*\("

MAIN_TYPES: Final = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument"
    ".wordprocessingml.document.main+xml",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
