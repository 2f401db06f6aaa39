package lang

// This file defines which names are near to a name.

import (
	"slices"
	"strings"
)

// Near returns those of names that are near to name, as the reference finds them:
// five at most, of a distance of two at most, nearest first.
func Near(name string, names []string) []string {
	const limit, maxDistance = 5, 2
	if len(name) > 256 {
		return nil // which takes too long
	}
	var out []string
	for d := 0; d <= maxDistance; d++ {
		for _, other := range names {
			if len(out) < limit && distance(name, other, maxDistance) == d {
				out = append(out, other)
			}
		}
	}
	return out
}

// Similar returns those of names that are likely to be meant by name, nearest
// first: five at most. Other than for Near, capital letters count as small ones, two
// neighbours that changed places are one change, and short names allow fewer
// changes.
func Similar(name string, names []string) []string {
	const limit, maxDistance = 5, 2
	if len(name) > 256 {
		return nil
	}
	var found [maxDistance + 1][]string
	lower := strings.ToLower(name)
	for _, other := range names {
		if other == name || len(name)-len(other) > maxDistance || len(other)-len(name) > maxDistance {
			continue
		}
		if d := distance(lower, strings.ToLower(other), maxDistance); d <= maxDistance && 2*d < min(len(name), len(other)) {
			found[d] = append(found[d], other)
		} else if transposed(lower, strings.ToLower(other)) && len(name) > 2 {
			found[1] = append(found[1], other)
		}
	}
	if len(found[1]) > 0 && len(name) < 6 {
		found[2] = nil // of a short name, too much is near
	}
	out := slices.Concat(found[:]...)
	return out[:min(len(out), limit)]
}

// transposed reports whether a is b with two neighbours in each other's place.
func transposed(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

// distance returns how many bytes to insert, delete or replace make b of a;
// more than limit stands for any larger number.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	prev, cur := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range len(a) {
		cur[0] = i + 1
		for j := range len(b) {
			cost := prev[j]
			if a[i] != b[j] {
				cost++
			}
			cur[j+1] = min(prev[j+1]+1, cur[j]+1, cost)
		}
		prev, cur = cur, prev
	}
	return prev[len(b)]
}
