"""Statements of a text that can be worked out from their own numbers, and whether they follow."""

from scrutiny.statements.judge import Statement, sentence, statements

__all__ = ["Statement", "sentence", "statements"]
