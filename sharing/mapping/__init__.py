"""Between rows and what lies elsewhere: keys, and the files of sealed contents."""
