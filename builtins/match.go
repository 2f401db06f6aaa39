package builtins

// This file defines builtins.match and builtins.split.
// The pattern is forced and compiled before the text is forced, so an invalid pattern is
// reported first. A pattern with a string context is an error; the context of the text is
// dropped, so no part of a match has one. Parts that a group did not match are null.

import (
	"github.com/firn-lang/firn/builtins/text/regex"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// pattern forces argument 0 and compiles it, or takes it from the cache, which keeps a copy of
// the text. Compiling counts steps; an invalid pattern is compiled each time.
func pattern(c *core.Call, patterns *regex.Cache) (*regex.Regexp, error) {
	text, err := c.Arg(0).PlainString()
	if err != nil {
		return nil, err
	}
	re, err := patterns.Get(text, c)
	return re, err
}

// match is builtins.match: null, or the list of the texts that the groups matched, with null
// for groups that did not take part. The whole text has to match. The pattern is that of
// std::regex in the syntax of POSIX extended regular expressions, which package regex
// reproduces with its oddities (eval-okay-match-quirks).
func match(c *core.Call, patterns *regex.Cache) (heap.Value, error) {
	re, err := pattern(c, patterns)
	if err != nil {
		return 0, err
	}
	text, _, err := c.Arg(1).String()
	if err != nil {
		return 0, err
	}
	var buf [16]int // offsets, on the stack, for up to seven groups
	groups, ok, err := re.Match(text, buf[:0], c)
	switch {
	case err != nil:
		return 0, err
	case !ok:
		return heap.NullValue, nil
	}
	return groupList(c, text, groups)
}

// groupList returns the list of the texts that the groups of a match matched. groups has the
// offsets of start and end in text, first of the whole match, which is left out; a start of
// -1 is that of a group that did not take part.
func groupList(c *core.Call, text string, groups []int) (heap.Value, error) {
	v, out, err := newList(c, len(groups)/2-1, 0)
	if err != nil {
		return 0, err
	}
	for i := range out {
		start, end := groups[2*i+2], groups[2*i+3]
		out[i] = heap.Lazy(heap.NullValue)
		if start >= 0 {
			if out[i], err = plainText(c, text[start:end]); err != nil {
				return 0, err
			}
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	return v, nil
}

// split is builtins.split: the texts between matches, and in between, for each match, the
// list of its groups. There is a text before the first match and one behind the last, even if
// it is empty. A match that is empty splits, too (eval-okay-split-quirks).
func split(c *core.Call, patterns *regex.Cache) (heap.Value, error) {
	re, err := pattern(c, patterns)
	if err != nil {
		return 0, err
	}
	text, _, err := c.Arg(1).String()
	if err != nil {
		return 0, err
	}
	parts := budget.List[heap.Lazy]{Budget: c}
	it := re.Iter(text, c)
	for it.Next() {
		groups, err := groupList(c, text, it.Groups())
		if err != nil {
			return 0, err
		}
		prefix, err := plainText(c, it.Prefix())
		if err != nil {
			return 0, err
		}
		if !parts.Add(prefix) || !parts.Add(heap.Lazy(groups)) {
			return 0, parts.Err
		}
	}
	if err := it.Err(); err != nil {
		return 0, err
	}
	if parts.Empty() {
		// Quirk: only without a match the string keeps its context (eval-okay-split-context).
		v, err := c.Arg(1).Value()
		if err != nil {
			return 0, err
		}
		return listOf(c, []heap.Lazy{heap.Lazy(v)})
	}
	suffix, err := plainText(c, it.Suffix())
	if err != nil {
		return 0, err
	}
	if !parts.Add(suffix) {
		return 0, parts.Err
	}
	return listValue(c, &parts)
}
