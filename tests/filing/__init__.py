"""A record that files hang on, for the tests of attachments: an app of the tests' settings alone."""
