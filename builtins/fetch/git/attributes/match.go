package attributes

// This file defines patterns for paths.

import "strings"

// Match reports whether a path, or a name, fits a pattern: "?" is any byte and "*" any number of them,
// but for slashes; "**/" is any number of folders, "/**" everything below; "[a-z]", "[!a]" and
// "[[:alpha:]]" are one byte of a set; a backslash makes the next byte mean itself.
//
// The time is at most the product of both lengths for each star, of which maxStars count.
func Match(pattern, name string) bool {
	if strings.Count(pattern, "*") > maxStars {
		return false
	}
	m := matcher{pattern: pattern, name: name}
	return m.match(0, 0)
}

// maxStars is how many stars a pattern may have; one with more fits nothing. The limit is firn's own.
const maxStars = 64

// A matcher remembers which rests of the pattern do not fit which rests of the name.
type matcher struct {
	pattern, name string
	failed        map[[2]int]bool
}

// match reports whether the pattern from p on fits the name from n on.
func (m *matcher) match(p, n int) bool {
	for p < len(m.pattern) {
		switch c := m.pattern[p]; c {
		case '*':
			key := [2]int{p, n}
			if m.failed[key] {
				return false
			}
			if m.star(p, n) {
				return true
			}
			if m.failed == nil {
				m.failed = map[[2]int]bool{}
			}
			m.failed[key] = true
			return false
		case '?':
			if n == len(m.name) || m.name[n] == '/' {
				return false
			}
			p, n = p+1, n+1
		case '[':
			if n == len(m.name) || m.name[n] == '/' {
				return false
			}
			next, in, ok := class(m.pattern, p, m.name[n])
			if !ok || !in {
				return false
			}
			p, n = next, n+1
		case '\\':
			if p++; p == len(m.pattern) {
				return false
			}
			fallthrough
		default:
			if n == len(m.name) || m.name[n] != m.pattern[p] {
				return false
			}
			p, n = p+1, n+1
		}
	}
	return n == len(m.name)
}

// star matches from a star on.
func (m *matcher) star(p, n int) bool {
	end := p
	for end < len(m.pattern) && m.pattern[end] == '*' {
		end++
	}
	double := end-p >= 2 && (p == 0 || m.pattern[p-1] == '/') && (end == len(m.pattern) || m.pattern[end] == '/')
	if double && end < len(m.pattern) && m.match(end+1, n) {
		return true // "**/" may be no folder at all
	}
	for ; ; n++ {
		if m.match(end, n) {
			return true
		}
		if n == len(m.name) || m.name[n] == '/' && !double {
			return false
		}
	}
}

// class reports whether b is in the set that begins at pattern[p], and where the pattern goes on. ok is
// false if the set has no end.
func class(pattern string, p int, b byte) (next int, in, ok bool) {
	p++
	negated := p < len(pattern) && (pattern[p] == '!' || pattern[p] == '^')
	if negated {
		p++
	}
	for first := true; ; first = false {
		if p >= len(pattern) {
			return 0, false, false
		}
		c := pattern[p]
		if c == ']' && !first {
			return p + 1, in != negated, true
		}
		if c == '[' && strings.HasPrefix(pattern[p:], "[:") {
			if end := strings.Index(pattern[p:], ":]"); end > 0 {
				in = in || named(pattern[p+2:p+end], b)
				p += end + 2
				continue
			}
		}
		if c == '\\' && p+1 < len(pattern) {
			p++
			c = pattern[p]
		}
		low, high := c, c
		if p+2 < len(pattern) && pattern[p+1] == '-' && pattern[p+2] != ']' {
			p += 2
			if pattern[p] == '\\' && p+1 < len(pattern) {
				p++
			}
			high = pattern[p]
		}
		in = in || low <= b && b <= high
		p++
	}
}

// named reports whether b is in a set with a name, as POSIX has them.
func named(name string, b byte) bool {
	lower, upper, digit := 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9'
	switch name {
	case "alpha":
		return lower || upper
	case "digit":
		return digit
	case "alnum":
		return lower || upper || digit
	case "lower":
		return lower
	case "upper":
		return upper
	case "space":
		return b == ' ' || '\t' <= b && b <= '\r'
	case "blank":
		return b == ' ' || b == '\t'
	case "punct":
		return '!' <= b && b <= '~' && !lower && !upper && !digit
	case "xdigit":
		return digit || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F'
	case "cntrl":
		return b < ' ' || b == 0x7f
	case "print":
		return ' ' <= b && b <= '~'
	case "graph":
		return ' ' < b && b <= '~'
	}
	return false
}
