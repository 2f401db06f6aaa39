package diff

// This file defines Minimise, which makes programs smaller.

import (
	"slices"
	"strings"

	"github.com/firn-lang/firn/corpus/gen"
)

// Minimise returns a smaller program that still shows something. It asks
// first for the index of the first among some candidates that does, or -1,
// and shows it no more than most candidates altogether.
func Minimise(src string, most int, first func(candidates []string) int) string {
	for _, smaller := range []func(string) []string{hoist, replaceGroups, leaveOutTokens, leaveOutBytes} {
		for {
			next, ok := smallest(smaller(src), &most, first)
			if !ok {
				break
			}
			src = next
		}
	}
	return src
}

// smallest returns the smallest candidate that shows what is sought. It asks
// for a few at a time, as most of the time an early one does.
func smallest(candidates []string, most *int, first func([]string) int) (string, bool) {
	slices.SortStableFunc(candidates, func(a, b string) int { return len(a) - len(b) })
	for len(candidates) > 0 && *most > 0 {
		n := min(25, len(candidates), *most)
		*most -= n
		if i := first(candidates[:n]); i >= 0 {
			return candidates[i], true
		}
		candidates = candidates[n:]
	}
	return "", false
}

// hoist returns candidates that are only one bracketed part of src. They are
// put below a with, so that no variable is undefined.
func hoist(src string) []string {
	const prefix = "with {}; "
	tokens := gen.Tokens(src)
	var candidates []string
	for _, g := range groups(tokens) {
		part := tokens[g.from:g.to]
		if strings.HasSuffix(part[0], "${") {
			part = part[1 : len(part)-1]
		}
		if c := prefix + strings.Join(part, ""); len(c) < len(src) {
			candidates = append(candidates, c)
		}
	}
	return candidates
}

// replaceGroups returns candidates with something trivial in place of one
// bracketed part.
func replaceGroups(src string) []string {
	trivial := map[string]string{"(": "0", "[": "0", "{": "{}", "${": "${x}", "\"": "0", "''": "0"}
	tokens := gen.Tokens(src)
	var candidates []string
	for _, g := range groups(tokens) {
		with, ok := trivial[tokens[g.from]]
		c := strings.Join(tokens[:g.from], "") + with + strings.Join(tokens[g.to:], "")
		if ok && len(c) < len(src) {
			candidates = append(candidates, c)
		}
	}
	return candidates
}

// A group is a bracketed part: tokens[from:to].
type group struct{ from, to int }

// groups finds what is between brackets or quotes.
func groups(tokens []string) []group {
	var found []group
	var open []int
	for i, t := range tokens {
		switch n := len(open); {
		case n > 0 && closing(tokens[open[n-1]]) == t:
			found = append(found, group{open[n-1], i + 1})
			open = open[:n-1]
		case closing(t) != "":
			open = append(open, i)
		}
	}
	return found
}

// closing returns the token that ends what another one opens.
func closing(open string) string {
	if strings.HasSuffix(open, "${") { // also the start of a path
		return "}"
	}
	return map[string]string{"(": ")", "[": "]", "{": "}", `"`: `"`, "''": "''"}[open]
}

func leaveOutTokens(src string) []string { return leaveOut(gen.Tokens(src)) }

func leaveOutBytes(src string) []string { return leaveOut(strings.Split(src, "")) }

// leaveOut returns candidates without a run of the parts: halves, quarters and
// so on, down to single parts.
func leaveOut(parts []string) []string {
	var candidates []string
	for size := len(parts) / 2; size > 0; size /= 2 {
		for i := 0; i+size <= len(parts); i += size {
			candidates = append(candidates, strings.Join(parts[:i], "")+strings.Join(parts[i+size:], ""))
		}
	}
	return candidates
}
