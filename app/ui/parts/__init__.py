"""Stateless pieces of screens: values in, controls out."""
