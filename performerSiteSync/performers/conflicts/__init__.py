"""The Conflicts tab: lists conflicts, lets a person decide them, and shows links whose record is gone."""
