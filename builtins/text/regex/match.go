package regex

// This file defines matching, searching and iterating.

import (
	"strings"

	"github.com/firn-lang/firn/eval/budget"
)

// A Flag changes what a search accepts.
type Flag uint8

const (
	// PrevAvail says that the text goes on before the start: ^ never holds.
	PrevAvail Flag = 1 << iota
	// NotNull excludes the empty match.
	NotNull
	// Continuous asks for a match at the start of the search.
	Continuous
)

// Match reports whether the whole of s matches. The offsets of the match and
// its groups are written to groups, which is made longer where needed, as
// pairs of begin and end, -1 for a group that did not match.
//
// Errors are an *Error, or of the budget.
func (re *Regexp) Match(s string, groups []int, b budget.Budget) ([]int, bool, error) {
	groups = groups[:0]
	var ok bool
	var err error
	switch re.shape {
	case shapeGeneral:
		return re.run(s, groups, b)
	case shapeLiteral:
		ok = s == re.literal
	case shapeInfix:
		ok, err = re.hasInfix(s, b)
	}
	if !ok {
		return groups, false, err
	}
	return append(groups, 0, len(s)), true, nil
}

// run is Match for patterns of no particular shape.
func (re *Regexp) run(s string, groups []int, b budget.Budget) ([]int, bool, error) {
	m := re.newRun(b, 0)
	defer m.release()
	end, err := m.run(&re.match, re.root(0), s, 0)
	if err != nil || end < 0 {
		return groups, false, err
	}
	return append(groups, m.best...), true, nil
}

func (re *Regexp) hasInfix(s string, b budget.Budget) (bool, error) {
	if len(s) <= window {
		return strings.Contains(s, re.literal) && strings.IndexByte(s, 0) < 0, nil
	}
	if i, err := index(s, 0, re.literal, b); err != nil || i < 0 {
		return false, err
	}
	i, err := index(s, 0, "\x00", b)
	return i < 0, err
}

// Find looks for the leftmost match in s[from:]. The arguments and results
// are otherwise those of Match; offsets count from the start of s.
func (re *Regexp) Find(s string, from int, flags Flag, groups []int, b budget.Budget) ([]int, bool, error) {
	groups = groups[:0]
	if re.shape == shapeLiteral {
		i, err := re.findLiteral(s, from, flags, b)
		if err != nil || i < 0 {
			return groups, false, err
		}
		return append(groups, i, i+len(re.literal)), true, nil
	}
	m := re.newRun(b, from)
	defer m.release()
	ok, err := m.find(s, from, flags)
	if err != nil || !ok {
		return groups, false, err
	}
	return append(groups, m.best...), true, nil
}

// root returns the entry where a search with these flags starts.
func (re *Regexp) root(flags Flag) int32 {
	root := int32(0)
	if re.hasBol && flags&PrevAvail == 0 {
		root += rootBegin
	}
	if flags&NotNull != 0 {
		root += rootNotNull
	}
	return root
}

func (re *Regexp) findLiteral(s string, from int, flags Flag, b budget.Budget) (int, error) {
	if flags&Continuous != 0 {
		if strings.HasPrefix(s[from:], re.literal) {
			return from, nil
		}
		return -1, nil
	}
	if len(s)-from > window {
		return index(s, from, re.literal, b)
	}
	i := strings.Index(s[from:], re.literal)
	if i >= 0 {
		i += from
	}
	return i, nil
}

// window is how much text is looked through between two calls of a budget.
const window = 1 << 16

// index returns where text is in s[from:], counted from the start of s, or -1.
func index(s string, from int, text string, b budget.Budget) (int, error) {
	for {
		end := len(s)
		if b != nil && end-from > window {
			end = min(end, from+window+len(text))
		}
		if i := strings.Index(s[from:end], text); i >= 0 {
			return from + i, nil
		}
		if end == len(s) {
			return -1, nil
		}
		from = end - len(text) + 1
		if err := b.Tick(window >> 10); err != nil {
			return 0, err
		}
	}
}

// find looks for the leftmost match in s[from:], which it leaves in m.best.
func (m *machine) find(s string, from int, flags Flag) (bool, error) {
	re := m.re
	root := re.root(flags)
	r, err := re.row(&re.search, root, m.budget)
	if err != nil {
		return false, err
	}
	for pos, end := from, 0; ; {
		// The budget is asked after each window.
		if end = len(s); end-pos > window {
			end = pos + window
		}
		for ; pos <= end; pos++ {
			if flags&Continuous == 0 && r.only >= 0 && root&rootBegin == 0 {
				i := strings.IndexByte(s[pos:end], byte(r.only))
				if i < 0 {
					pos = end + 1
					break
				}
				pos += i
			}
			var in inst
			if pos < len(s) {
				in = r.act[re.class[s[pos]]]
			} else {
				in = r.eof
			}
			if in.op != instFail {
				end, err := m.run(&re.search, root, s, pos)
				if err != nil || end >= 0 {
					return err == nil, err
				}
			}
			if flags&Continuous != 0 {
				return false, nil
			}
			if root&rootBegin != 0 {
				root &^= rootBegin
				if r, err = re.row(&re.search, root, m.budget); err != nil {
					return false, err
				}
			}
		}
		if end == len(s) {
			return false, nil
		}
		if m.budget != nil {
			if err := m.budget.Tick(window >> 8); err != nil {
				return false, err
			}
		}
	}
}

// An Iter goes through the matches in a text as builtins.split does: those of
// std::regex_iterator.
//
//	it := re.Iter(s, nil)
//	for it.Next() {
//		... it.Prefix(), it.Groups() ...
//	}
//	if err := it.Err(); err != nil { ... }
//	... it.Suffix() ...
type Iter struct {
	re      *Regexp
	s       string
	budget  budget.Budget
	m       *machine // nil before the first match and after the last one
	groups  []int
	flags   Flag
	prev    int // end of the match before
	end     int // end of the current match
	started bool
	done    bool
	err     error
}

// Iter returns an iterator over the matches in s.
func (re *Regexp) Iter(s string, b budget.Budget) Iter {
	return Iter{re: re, s: s, budget: b}
}

// Next goes on to the next match, and reports whether there is one.
func (it *Iter) Next() bool {
	if it.done {
		return false
	}
	start := it.end
	it.prev = it.end
	if it.started {
		if it.groups[0] == it.groups[1] {
			if start == len(it.s) {
				return it.stop(nil)
			}
			ok, err := it.find(start, it.flags|NotNull|Continuous)
			if err != nil {
				return it.stop(err)
			}
			if ok {
				return true
			}
			start++
		}
		it.flags |= PrevAvail
	}
	it.started = true
	ok, err := it.find(start, it.flags)
	if err != nil || !ok {
		return it.stop(err)
	}
	return true
}

func (it *Iter) find(start int, flags Flag) (bool, error) {
	if it.m == nil {
		it.m = it.re.newRun(it.budget, 0)
	} else {
		it.m.again()
	}
	if it.re.shape == shapeLiteral {
		i, err := it.re.findLiteral(it.s, start, flags, it.budget)
		if err != nil || i < 0 {
			return false, err
		}
		it.m.best[0], it.m.best[1] = i, i+len(it.re.literal)
	} else if ok, err := it.m.find(it.s, start, flags); err != nil || !ok {
		return false, err
	}
	it.groups = it.m.best
	it.end = it.groups[1]
	return true, nil
}

func (it *Iter) stop(err error) bool {
	it.err, it.done, it.groups = err, true, nil
	if it.m != nil {
		it.m.release()
		it.m = nil
	}
	return false
}

// Groups returns the offsets of the current match and its groups, as Match
// does. They are valid until the next call of Next.
func (it *Iter) Groups() []int { return it.groups }

// Prefix returns the text between the match before, or the start of the text,
// and the current match.
func (it *Iter) Prefix() string { return it.s[it.prev:it.groups[0]] }

// Suffix returns the text after the last match found so far.
func (it *Iter) Suffix() string { return it.s[it.end:] }

// Err returns the error that ended the iteration, if any.
func (it *Iter) Err() error { return it.err }
