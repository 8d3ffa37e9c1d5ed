"""Answers for assistants: what tools of the Model Context Protocol return about a site.

They read the files of a site, so a project and a built site give the same answers.
"""
