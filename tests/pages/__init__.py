"""Pages with badges in them, made by a script after the structure of real sites' pages, about
made-up people.

For the browser tests of both browsers. A seed decides the class names, the language, the order of
what may come in any order, and how links are wrapped: whatever a site changes from one release to
the next.
"""
