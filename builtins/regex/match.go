package regex

// This file defines matching, searching and iterating.

import "strings"

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
// check, if not nil, is called every few thousand steps; its error ends the
// match. Other errors are an *Error.
func (re *Regexp) Match(s string, groups []int, check func() error) ([]int, bool, error) {
	groups = groups[:0]
	switch re.shape {
	case shapeLiteral:
		if s != re.literal {
			return groups, false, nil
		}
		return append(groups, 0, len(s)), true, nil
	case shapeInfix:
		if !strings.Contains(s, re.literal) || strings.IndexByte(s, 0) >= 0 {
			return groups, false, nil
		}
		return append(groups, 0, len(s)), true, nil
	}
	m := re.newRun(check, 0)
	defer m.release()
	end, err := m.run(&re.match, re.root(0), s, 0)
	if err != nil || end < 0 {
		return groups, false, err
	}
	return append(groups, m.best...), true, nil
}

// Find looks for the leftmost match in s[from:]. The arguments and results
// are otherwise those of Match; offsets count from the start of s.
func (re *Regexp) Find(s string, from int, flags Flag, groups []int, check func() error) ([]int, bool, error) {
	groups = groups[:0]
	if re.shape == shapeLiteral {
		i := re.findLiteral(s, from, flags)
		if i < 0 {
			return groups, false, nil
		}
		return append(groups, i, i+len(re.literal)), true, nil
	}
	m := re.newRun(check, from)
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

func (re *Regexp) findLiteral(s string, from int, flags Flag) int {
	if flags&Continuous != 0 {
		if strings.HasPrefix(s[from:], re.literal) {
			return from
		}
		return -1
	}
	i := strings.Index(s[from:], re.literal)
	if i < 0 {
		return -1
	}
	return from + i
}

// find looks for the leftmost match in s[from:], which it leaves in m.best.
func (m *machine) find(s string, from int, flags Flag) (bool, error) {
	re := m.re
	root := re.root(flags)
	r, err := re.row(&re.search, root)
	if err != nil {
		return false, err
	}
	for pos := from; pos <= len(s); pos++ {
		if flags&Continuous == 0 && r.only >= 0 {
			i := strings.IndexByte(s[pos:], byte(r.only))
			if i < 0 && root&rootBegin == 0 {
				return false, nil
			}
			if i > 0 && root&rootBegin == 0 {
				pos += i
			}
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
			break
		}
		if root&rootBegin != 0 {
			root &^= rootBegin
			if r, err = re.row(&re.search, root); err != nil {
				return false, err
			}
		}
	}
	return false, nil
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
	check   func() error
	m       *machine // nil before the first match and after the last one
	groups  []int
	flags   Flag
	prev    int // end of the match before
	end     int // end of the current match
	started bool
	done    bool
	err     error
}

// Iter returns an iterator over the matches in s. check is as for Match.
func (re *Regexp) Iter(s string, check func() error) Iter {
	return Iter{re: re, s: s, check: check}
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
		it.m = it.re.newRun(it.check, 0)
	} else {
		it.m.again()
	}
	if it.re.shape == shapeLiteral {
		i := it.re.findLiteral(it.s, start, flags)
		if i < 0 {
			return false, nil
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
