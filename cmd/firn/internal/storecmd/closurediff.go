package storecmd

// This file defines the command that compares two closures.

import (
	"context"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/text/version"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/eval/ansi"
)

// DiffClosures prints which versions two closures have of what.
type DiffClosures struct {
	Before string `arg:"" help:"The installable whose closure was there before."`
	After  string `arg:"" help:"The other one."`
	exprFlags
	Derivation bool `help:"The derivations, and not their outputs."`
}

// Run prints what has changed.
func (c *DiffClosures) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	var paths [2]string
	for i, word := range []string{c.Before, c.After} {
		if paths[i], err = e.onePath(ctx, s, c.exprFlags, word, c.Derivation, true); err != nil {
			return err
		}
	}
	lines, err := ClosureDiff(ctx, s, paths[0], paths[1])
	e.Lines(lines...)
	return err
}

// ClosureDiff returns a line for each package that has changed between the closures of two
// paths, sorted by name.
func ClosureDiff(ctx context.Context, s store.Store, before, after string) ([]string, error) {
	old, err := closureVersions(ctx, s, before)
	if err != nil {
		return nil, err
	}
	now, err := closureVersions(ctx, s, after)
	if err != nil {
		return nil, err
	}
	names := maps.Clone(old)
	maps.Copy(names, now)
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if line := compareVersions(old[name], now[name]); line != "" {
			lines = append(lines, name+": "+line)
		}
	}
	return lines, nil
}

// onePath returns the one store path that an installable stands for. needed says that it has
// to be valid.
func (e *Env) onePath(ctx context.Context, s store.Store, f exprFlags, word string, derivation, needed bool) (string, error) {
	i := installables{Installables: []string{word}, exprFlags: f}
	found, err := i.choose(ctx, e, s, selection{Derivation: derivation}, false, needed)
	if err != nil {
		return "", err
	}
	if len(found.all) != 1 {
		return "", dropin.Failure("argument '%s' should evaluate to one store path", word)
	}
	return found.all[0], nil
}

// versions are the sizes of archives in bytes, by the versions that names of store paths have.
type versions map[string]int64

// outputSuffix is what an output adds to a name, as far as that can be told from a version.
var outputSuffix = regexp.MustCompile(`^(.*)-([a-z]+|lib32|lib64)$`)

// closureVersions returns what a path refers to, directly or not, by the names of packages.
func closureVersions(ctx context.Context, s store.Store, p string) (map[string]versions, error) {
	out := map[string]versions{}
	err := Spread(map[string]bool{}, p, func(p string) ([]string, error) {
		info, err := s.Info(ctx, p)
		if err != nil {
			return nil, err
		}
		_, full, _ := strings.Cut(path.Base(info.Path), "-")
		if m := outputSuffix.FindStringSubmatch(full); m != nil {
			full = m[1]
		}
		name, v := version.Split(full)
		if out[name] == nil {
			out[name] = versions{}
		}
		out[name][v] += info.NARSize
		return info.References, nil
	})
	return out, err
}

// shownDelta is how many bytes more or less are worth a word.
const shownDelta = 8 << 10

// compareVersions returns what has changed of a package; "" if nothing has.
func compareVersions(before, after versions) string {
	var removed, added []string
	var delta int64
	for v, size := range before {
		if _, ok := after[v]; !ok {
			removed = append(removed, v)
		}
		delta -= size
	}
	for v, size := range after {
		if _, ok := before[v]; !ok {
			added = append(added, v)
		}
		delta += size
	}
	var items []string
	if len(removed) > 0 || len(added) > 0 {
		items = append(items, versionList(removed)+" → "+versionList(added))
	}
	switch {
	case delta >= shownDelta:
		items = append(items, ansi.Paint(ansi.Red, Size(delta)))
	case delta <= -shownDelta:
		items = append(items, ansi.Paint(ansi.Green, Size(delta)))
	}
	return strings.Join(items, ", ")
}

// versionList returns versions as they are shown.
func versionList(list []string) string {
	if len(list) == 0 {
		return "∅"
	}
	for i, v := range list {
		if v == "" {
			list[i] = "ε"
		}
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}
