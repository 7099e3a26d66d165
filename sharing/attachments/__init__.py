"""Files that strangers hand in: told by their content, and cleaned of what says who made them. Pure.

`sniffing` says what a file is, `cleaning` makes the derivative that is handed on, `outside` has that
done by a process of its own that can do nothing else: whatever reads strangers' files is what they attack.
"""
