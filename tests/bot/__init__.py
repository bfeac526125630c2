"""Tests of asking and showing."""
