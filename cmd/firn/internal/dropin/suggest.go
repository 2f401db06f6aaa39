package dropin

// This file defines Suggest: what may have been meant.

import (
	"slices"
	"strings"
)

const (
	// maxDistance is how many letters may be different, missing or too many.
	maxDistance = 2
	// maxSuggested is how many names are suggested.
	maxSuggested = 5
)

// Suggest returns the end of a message about a word that is none of names: a line that says
// which of them are near, or "" if none is.
func Suggest(word string, names []string) string {
	var found [maxDistance + 1][]string
	for _, name := range slices.Sorted(slices.Values(names)) {
		if d := distance(word, name); d <= maxDistance {
			found[d] = append(found[d], name)
		}
	}
	near := slices.Concat(found[:]...)
	near = near[:min(len(near), maxSuggested)]
	switch last := len(near) - 1; last {
	case -1:
		return ""
	case 0:
		return "\n       Did you mean " + near[0] + "?"
	default:
		return "\n       Did you mean one of " + strings.Join(near[:last], ", ") + " or " + near[last] + "?"
	}
}

// distance returns how many letters have to be changed, added and removed to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0] // of the row above, one to the left
		row[0] = i + 1
		for j := range len(b) {
			above := row[j+1]
			change := before
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, above+1, row[j]+1)
			before = above
		}
	}
	return row[len(b)]
}
