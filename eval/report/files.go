package report

// This file defines notes about files: those that are not there, and those whose
// text is no JSON or TOML.

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/pattern"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

var pathOf = pattern.New(`path '(.*)' does not exist|getting status of '(.*)'`)

// missingFile says what there is in place of a file.
func (r *reporter) missingFile() {
	m := pathOf.FindStringSubmatch(r.err.Msg)
	if m == nil || r.opt.Host == nil {
		return
	}
	file := m[1] + m[2]
	if !strings.HasPrefix(file, "/") {
		return
	}
	if p := r.pathLiteral(file); p != nil && !r.out.Place.covers(p) {
		if r.out.Source == nil {
			r.out.Source = r.out.Place
		}
		if r.out.Place = p; r.out.Source != nil && r.out.Source.Origin == User {
			r.out.Source = nil
		}
	}
	// What is a copy is looked for where it came from.
	if original := r.original(file); original != "" {
		if _, err := r.opt.Host.Lstat(r.ctx, original); err == nil {
			if t := r.git(original); t != nil && !t.tracks(original) {
				rel := strings.TrimPrefix(original, t.dir+"/")
				r.out.Code = codes["untracked-file"]
				r.out.Message = fmt.Sprintf("the file '%s' exists but is untracked: Git does not know it", rel)
				r.note(fmt.Sprintf("git -C %s add -N %s makes it known", t.dir, rel))
				return
			}
			if !r.readable(file) {
				r.note("what is copied to the store can be read with --read-write-mode only; here, " + original + " is meant")
			} else {
				r.note("there is " + original + ", but it is not in the copy in the store: a filter left it out, or it came later")
			}
		}
		file = original
	}
	dir, base := path.Dir(file), path.Base(file)
	if base == "default.nix" {
		if info, err := r.opt.Host.Lstat(r.ctx, dir); err == nil && info.Type == world.Directory {
			r.note("importing a folder means its default.nix, and " + dir + " has none" + r.listNix(dir))
			r.deleted(file)
			return
		}
	}
	at := dir
	for at != "/" {
		if _, err := r.opt.Host.Lstat(r.ctx, at); err == nil {
			break
		}
		base, at = path.Base(at), path.Dir(at)
	}
	if at != dir {
		r.note("there is no folder " + path.Join(at, base))
	}
	if names := r.similarFiles(at, base); len(names) > 0 {
		if at != dir {
			for i, name := range names {
				names[i] = path.Join(at, name)
			}
		}
		r.out.Suggestions = names
	}
	r.deleted(file)
}

// deleted says that Git knows a file that is not there.
func (r *reporter) deleted(file string) {
	if t := r.git(file); t != nil && t.tracked[strings.TrimPrefix(file, t.dir+"/")] {
		r.note("Git knows the file, but it was deleted or moved: git restore " + strings.TrimPrefix(file, t.dir+"/") + " brings it back")
	}
}

// readable reports whether the evaluation can look at the copy in the store that a
// file is in.
func (r *reporter) readable(file string) bool {
	world := r.opt.World
	if world == nil {
		return true
	}
	rest := strings.TrimPrefix(file, r.opt.StoreDir+"/")
	first, _, _ := strings.Cut(rest, "/")
	_, err := world.Lstat(r.ctx, r.opt.StoreDir+"/"+first)
	return err == nil
}

// original returns the file that a path in the store is a copy of; "" if that is
// not known.
func (r *reporter) original(file string) string {
	rest, ok := strings.CutPrefix(file, r.opt.StoreDir+"/")
	if !ok {
		return ""
	}
	first, rest, _ := strings.Cut(rest, "/")
	if from := r.opt.Copies[r.opt.StoreDir+"/"+first]; from != "" {
		return path.Join(from, rest)
	}
	return ""
}

func (r *reporter) listNix(dir string) string {
	entries, err := r.opt.Host.ReadDir(r.ctx, dir)
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name, ".nix") {
			names = append(names, e.Name)
		}
	}
	slices.Sort(names)
	if len(names) == 0 || len(names) > 8 {
		return ""
	}
	return "; it has " + quoteList(names, "and")
}

// similarFiles returns names in a folder that are near to one, as relative paths.
func (r *reporter) similarFiles(dir, base string) []string {
	entries, err := r.opt.Host.ReadDir(r.ctx, dir)
	if err != nil || len(entries) > 1<<14 {
		return nil
	}
	var names, out []string
	stem := strings.TrimSuffix(base, path.Ext(base))
	for _, e := range entries {
		names = append(names, e.Name)
		if e.Name != base && (e.Name == stem || e.Name == base+".nix" || strings.EqualFold(e.Name, base)) {
			out = append(out, e.Name)
		}
	}
	slices.Sort(names)
	slices.Sort(out)
	stems := make([]string, 0, len(names)) // of files of the same type
	for _, name := range names {
		if path.Ext(name) == path.Ext(base) {
			stems = append(stems, strings.TrimSuffix(name, path.Ext(name)))
		}
	}
	for _, name := range lang.Similar(stem, stems) {
		if name += path.Ext(base); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		for _, name := range names {
			if part := strings.TrimSuffix(name, path.Ext(name)); len(stem) > 3 && path.Ext(name) == path.Ext(base) && (strings.Contains(part, stem) || strings.Contains(stem, part) && len(part) > 3) {
				out = append(out, name)
			}
		}
	}
	for i := range out {
		out[i] = "./" + out[i]
	}
	return out[:min(len(out), 5)]
}

var jsonError = pattern.New(`(?s)^\[json\.exception\.\w+\.\d+\] parse error at line (\d+), column (\d+): (?:syntax error )?(.*)$`)

var tomlError = pattern.New(`^while parsing TOML: (?:\[error\] )?([^\n]*)`)

var tomlLine = pattern.New(`(?m)^\s*(\d+) \| .*\n\s*\| *\^`)

// invalidData says where a text is no JSON or TOML.
func (r *reporter) invalidData() {
	if m := jsonError.FindStringSubmatch(r.out.Nix); m != nil {
		r.out.Message = "the text is no JSON, at line " + m[1] + ", column " + m[2] + ": " + m[3]
		r.dataFile(m[1], m[2])
		return
	}
	m := tomlError.FindStringSubmatch(r.out.Nix)
	if m == nil {
		return
	}
	r.out.Message = "the text is no TOML: " + m[1]
	line := ""
	if m := tomlLine.FindStringSubmatch(r.out.Nix); m != nil {
		line = m[1]
		r.out.Message = "the text is no TOML, at line " + line + ": " + r.out.Message[len("the text is no TOML: "):]
	}
	r.dataFile(line, "")
}

// dataFile makes a line of the file that is no JSON or TOML the place of the error, if
// the program says which file it is.
func (r *reporter) dataFile(line, column string) {
	file := ""
	eachFrame(r.out.Frames, func(f *Frame) bool {
		if f.Origin == User && f.Place != nil {
			file = r.readPath(f.Place)
		}
		return file == ""
	})
	if file == "" {
		return
	}
	n, _ := strconv.Atoi(line)
	col, _ := strconv.Atoi(column)
	s := r.fileSource(file)
	if s == nil || n < 1 {
		r.note("the text is that of " + file)
		return
	}
	if at, ok := offset(s.file, n, max(col, 1)); ok {
		end := at + 1
		if col == 0 {
			end = at + len(s.file.Line(n))
		}
		r.out.Source, r.out.Place = r.out.Place, r.placeIn(s.file, at, end)
	}
}

// readPath returns the file whose path stands in a place; "" if there is none.
func (r *reporter) readPath(p *Place) string {
	found := ""
	for _, f := range r.texts(func(f *lang.File) bool { return f.Name == p.File }) {
		s := r.parsed(f)
		from, ok := offset(f, p.Line, p.Column)
		to, ok2 := offset(f, p.EndLine, p.EndColumn)
		if s.tree == nil || !ok || !ok2 {
			return ""
		}
		lang.Walk(s.tree.Root, func(x lang.Expr) bool {
			if lit, ok := x.(*lang.Path); ok && found == "" {
				if a, b := s.offsets(lit.Span()); a >= from && b <= to && strings.HasPrefix(f.Name, "/") {
					found = lang.ResolvePath(lit.Text, path.Dir(f.Name), "/")
				}
			}
			return true
		})
	}
	return found
}
