package lang

// This file defines which names are near to a name.

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

// Similar is Near without those that share too little with name to be meant: of a
// short name hardly anything is left after two changes.
func Similar(name string, names []string) []string {
	var out []string
	for _, other := range Near(name, names) {
		if d := distance(name, other, 2); d > 0 && 2*d < len(name) && 2*d < len(other) {
			out = append(out, other)
		}
	}
	return out
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
