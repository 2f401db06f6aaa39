// Package pattern has regular expressions that are compiled when they are first
// used. A program that can explain every error has many of them, and needs few: to
// compile them all took a millisecond of each start.
package pattern

// This file defines patterns.

import (
	"regexp"
	"sync"
)

// A Pattern is a regular expression. Its methods are those of regexp.Regexp. It may
// be used by several goroutines at once.
type Pattern struct{ compile func() *regexp.Regexp }

// New returns the pattern of an expression. If that is wrong, its first use panics.
func New(expr string) Pattern {
	return Pattern{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })}
}

// MatchString is that of regexp.Regexp, as the other methods are.
func (p Pattern) MatchString(s string) bool { return p.compile().MatchString(s) }

// Match is for bytes.
func (p Pattern) Match(b []byte) bool { return p.compile().Match(b) }

// FindStringIndex is that of regexp.Regexp.
func (p Pattern) FindStringIndex(s string) []int { return p.compile().FindStringIndex(s) }

// FindStringSubmatch is that of regexp.Regexp.
func (p Pattern) FindStringSubmatch(s string) []string { return p.compile().FindStringSubmatch(s) }

// FindStringSubmatchIndex is that of regexp.Regexp.
func (p Pattern) FindStringSubmatchIndex(s string) []int {
	return p.compile().FindStringSubmatchIndex(s)
}

// FindAllStringIndex is that of regexp.Regexp.
func (p Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.compile().FindAllStringIndex(s, n)
}

// FindAllStringSubmatch is that of regexp.Regexp.
func (p Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.compile().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex is that of regexp.Regexp.
func (p Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.compile().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString is that of regexp.Regexp.
func (p Pattern) ReplaceAllString(s, with string) string {
	return p.compile().ReplaceAllString(s, with)
}

// ReplaceAllStringFunc is that of regexp.Regexp.
func (p Pattern) ReplaceAllStringFunc(s string, with func(string) string) string {
	return p.compile().ReplaceAllStringFunc(s, with)
}

// SubexpIndex is that of regexp.Regexp.
func (p Pattern) SubexpIndex(name string) int { return p.compile().SubexpIndex(name) }
