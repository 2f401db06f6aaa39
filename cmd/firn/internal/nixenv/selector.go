package nixenv

// This file defines selectors: which packages names of a command line mean.

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/text/regex"
	"github.com/firn-lang/firn/builtins/text/version"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// A selector is a regular expression for the whole name of packages, and their version if it
// has one. "*" means all.
type selector struct {
	text    string
	name    string
	version string        // "" is any
	pattern *regex.Regexp // nil for "*"
	hits    int           // packages that it has matched
}

// newSelector reads a selector.
func newSelector(text string) (*selector, error) {
	s := &selector{text: text}
	s.name, s.version = version.Split(text)
	if s.name == "*" {
		return s, nil
	}
	var err error
	s.pattern, err = regex.Compile(s.name, nil)
	return s, err
}

// selectors reads several selectors.
func selectors(texts []string) ([]*selector, error) {
	var out []*selector
	for _, text := range texts {
		s, err := newSelector(text)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// matches reports whether a package is meant, and counts it.
func (s *selector) matches(ctx context.Context, e *element) (bool, error) {
	_, name, v, err := e.split(ctx)
	if err != nil || s.version != "" && s.version != v {
		return false, err
	}
	if s.pattern != nil {
		if _, ok, err := s.pattern.Match(name, nil, nil); !ok || err != nil {
			return false, err
		}
	}
	s.hits++
	return true, nil
}

// unused returns an error if the selector has matched nothing. all are the packages that were
// there: those whose names begin alike are named.
func (s *selector) unused(ctx context.Context, all []*element) error {
	if s.hits > 0 || s.text == "*" {
		return nil
	}
	const most = 3 // names in the message
	var near []string
	for _, e := range all {
		_, name, _, err := e.split(ctx)
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, s.name) && !slices.Contains(near, name) {
			if near = append(near, name); len(near) == most {
				break
			}
		}
	}
	if len(near) == 0 {
		return dropin.Failure("selector '%s' matches no derivations", s.text)
	}
	slices.Sort(near)
	return dropin.Failure("selector '%s' matches no derivations, maybe you meant:\n       "+strings.ReplaceAll(strings.Join(near, "\n       "), "%", "%%"), s.text)
}

// choose returns the packages that selectors mean, each once, in the order of the selectors.
// With newest, only the best of those with the same name.
func (r *run) choose(ctx context.Context, all []*element, texts []string, newest bool) (chosen []*element, err error) {
	if len(texts) == 0 {
		texts = []string{"*"}
	}
	done := map[*element]bool{}
	for _, text := range texts {
		s, err := newSelector(text)
		if err != nil {
			return nil, err
		}
		var matches []*element
		for _, e := range all {
			ok, err := s.matches(ctx, e)
			if err != nil {
				return nil, err
			}
			if ok {
				matches = append(matches, e)
			}
		}
		if newest {
			if matches, err = r.newest(ctx, matches); err != nil {
				return nil, err
			}
		}
		for _, e := range matches {
			if !done[e] {
				done[e] = true
				chosen = append(chosen, e)
			}
		}
		if err := s.unused(ctx, all); err != nil {
			return nil, err
		}
	}
	return chosen, nil
}

// newest returns the best package of each name, sorted by name: one for this system, then the
// one with the lowest number as priority, then the one with the newest version, then the first.
func (r *run) newest(ctx context.Context, all []*element) ([]*element, error) {
	best := map[string]*element{}
	several := map[string]bool{} // full names of packages that are as good as the best
	var names []string
	for _, e := range all {
		full, name, _, err := e.split(ctx)
		if err != nil {
			return nil, err
		}
		order := 1
		if old := best[name]; old == nil {
			names = append(names, name)
		} else if order, err = r.compare(ctx, e, old); err != nil {
			return nil, err
		}
		switch {
		case order > 0:
			best[name] = e
			delete(several, full)
		case order == 0:
			several[full] = true
		}
	}
	slices.Sort(names)
	var out []*element
	for _, name := range names {
		// Quirk: the full name is meant, so that the warning is for packages without a version.
		if several[name] {
			r.Log.Warn(fmt.Sprintf("there are multiple derivations named '%s'; using the first one", name))
		}
		out = append(out, best[name])
	}
	return out, nil
}

// compare returns 1 if a is to be taken in place of b, which has the same name, -1 if b stays,
// and 0 if they are alike.
func (r *run) compare(ctx context.Context, a, b *element) (int, error) {
	x, err := a.System(ctx)
	if err != nil {
		return 0, err
	}
	y, err := b.System(ctx)
	if err != nil {
		return 0, err
	}
	if this := r.Set.Text("system"); x != y {
		if x == this {
			return 1, nil
		}
		if y == this {
			return -1, nil
		}
	}
	if order, err := comparePriorities(ctx, a, b); order != 0 || err != nil {
		return order, err
	}
	return compareVersions(ctx, a, b)
}

// compareVersions returns -1 if the version of a is older than that of b, 1 if it is newer.
func compareVersions(ctx context.Context, a, b *element) (int, error) {
	_, _, x, err := a.split(ctx)
	if err != nil {
		return 0, err
	}
	_, _, y, err := b.split(ctx)
	if err != nil {
		return 0, err
	}
	return version.Compare(nil, x, y)
}
