package report

// This file defines what is looked for in all texts that an evaluation read.

import (
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/lang"
)

// texts returns the files for which wanted is true, sorted by name. wanted should look at
// the text first, which is cheap: what is returned is parsed.
func (r *reporter) texts(wanted func(*lang.File) bool) []*lang.File {
	if r.opt.Texts == nil {
		return nil
	}
	var out []*lang.File
	for _, f := range r.opt.Texts.Files() {
		if wanted(f) {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *lang.File) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// parsed returns a file with its tree.
func (r *reporter) parsed(f *lang.File) *source {
	s := r.sources[f]
	if s == nil {
		s = newSource(f.Name, f.Source)
		r.sources[f] = s
	}
	return s
}

// pathLiteral returns where the user's own files name a path; nil if they do not.
func (r *reporter) pathLiteral(file string) *Place {
	base := path.Base(file)
	if base == "default.nix" {
		base = path.Base(path.Dir(file))
	}
	var found *Place
	for _, f := range r.texts(func(f *lang.File) bool {
		return strings.Contains(f.Source, base) && r.origin(f.Name) == User
	}) {
		s := r.parsed(f)
		if s.tree == nil {
			continue
		}
		lang.Walk(s.tree.Root, func(x lang.Expr) bool {
			if p, ok := x.(*lang.Path); ok && found == nil {
				if to := lang.ResolvePath(p.Text, path.Dir(f.Name), "/"); to == file || to+"/default.nix" == file {
					from, end := s.offsets(p.Span())
					found = r.placeIn(s.file, from, end)
				}
			}
			return found == nil
		})
	}
	return found
}

// knownOptions returns options that modules declare whose paths are near to that of
// one that none does.
func (r *reporter) knownOptions(option string) []string {
	want := splitOption(option)
	last := want[len(want)-1]
	parent := strings.Join(want[:len(want)-1], ".")
	declared := map[string]bool{}
	for _, f := range r.texts(func(f *lang.File) bool {
		return strings.Contains(f.Source, "mkOption") || strings.Contains(f.Source, "mkEnableOption")
	}) {
		if s := r.parsed(f); s.tree != nil {
			s.declared(func(name string) { declared[name] = true })
		}
	}
	var same, names []string // what is beside it, and all paths
	for name := range declared {
		names = append(names, name)
		if rest, ok := strings.CutPrefix(name, parent+"."); ok {
			step, _, _ := strings.Cut(rest, ".")
			if !slices.Contains(same, step) {
				same = append(same, step)
			}
		}
	}
	slices.Sort(same)
	slices.Sort(names)
	var out []string
	for _, step := range lang.Near(last, same) {
		out = append(out, parent+"."+step)
	}
	if len(out) == 0 {
		out = lang.Similar(option, names)
	}
	if len(out) == 0 && len(same) == 0 {
		// A step before the last one is another: the last one is likely to be right.
		for _, name := range names {
			have := splitOption(name)
			if len(have) != len(want) || have[len(have)-1] != last {
				continue
			}
			differ := 0
			for i := range want {
				if have[i] != want[i] {
					if differ++; len(lang.Similar(want[i], have[i:i+1])) == 0 {
						differ = len(want)
					}
				}
			}
			if differ == 1 {
				out = append(out, name)
			}
		}
	}
	return out[:min(len(out), 5)]
}

// declared calls add for the options that a module declares, as far as their paths
// are written out.
func (s *source) declared(add func(name string)) {
	var visit func(x lang.Expr, path string)
	visit = func(x lang.Expr, path string) {
		switch x := x.(type) {
		case *lang.Attrs:
			for i := range x.List {
				a := &x.List[i]
				if a.Value == nil {
					continue
				}
				name := s.symbols.Name(a.Name)
				if path == "" && name == "options" {
					visit(a.Value, "")
				} else if path != "" || name != "config" {
					visit(a.Value, join(path, name))
				}
			}
			return
		case *lang.Let:
			visit(x.Body, path)
			return
		case *lang.Apply:
			if path != "" && strings.HasPrefix(strings.TrimPrefix(s.file.Text(x.Fn.Span()), "lib."), "mk") {
				if name := s.file.Text(x.Fn.Span()); strings.HasSuffix(name, "Option") {
					add(path)
					return
				}
			}
			if path != "" {
				return // a submodule's options have no path of their own
			}
		}
		for _, child := range lang.Children(x) {
			visit(child, path)
		}
	}
	visit(s.tree.Root, "")
}
