package builtins

import (
	"github.com/firn-lang/firn/builtins/text/regex"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// This file defines builtins.match and builtins.split.

// pattern compiles argument 0.
func pattern(c *core.Call, patterns *regex.Cache) (*regex.Regexp, error) {
	text, err := c.Arg(0).PlainString()
	if err != nil {
		return nil, err
	}
	re, err := patterns.Get(text, c)
	return re, err
}

// match is builtins.match: null, or the list of what the groups matched, with null for
// groups that did not take part. The pattern is that of std::regex in the syntax of
// POSIX extended regular expressions, which package regex reproduces with its oddities.
func match(c *core.Call, patterns *regex.Cache) (heap.Value, error) {
	re, err := pattern(c, patterns)
	if err != nil {
		return 0, err
	}
	text, _, err := c.Arg(1).String()
	if err != nil {
		return 0, err
	}
	var buf [16]int
	groups, ok, err := re.Match(text, buf[:0], c)
	switch {
	case err != nil:
		return 0, err
	case !ok:
		return heap.NullValue, nil
	}
	return groupList(c, text, groups)
}

// groupList returns the list of what the groups of a match matched.
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

// split is builtins.split: the texts between matches, and in between the list of what the
// groups of each match matched.
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
		// Quirk: only then the string keeps its context.
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
