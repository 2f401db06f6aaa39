package report

// This file defines notes about files: those that are not there, and those whose
// text is not valid JSON, TOML or YAML.

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// missingFile says what there is in place of a file. The order of the reasons is that of
// their certainty: a file that Git does not track, a copy that a filter made, a folder
// without default.nix, a folder on the way that is missing, a name that is nearly the same.
func (r *reporter) missingFile() {
	if r.hidden() {
		return
	}
	file := r.err.File()
	if r.opt.Host == nil || !strings.HasPrefix(file, "/") {
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
	// A copy in the store is looked for at its source: users know no hashes.
	if original := r.original(file); original != "" {
		if _, err := r.opt.Host.Lstat(r.ctx, original); err == nil {
			if t := r.git(original); t != nil && !t.tracks(original) {
				rel := strings.TrimPrefix(original, t.dir+"/")
				r.out.Code = codes[codeUntrackedFile]
				r.out.Message = fmt.Sprintf("the file '%s' exists but is untracked: Git does not know it", rel)
				r.note(addCommand(t.dir, rel, "-N") + " makes it known")
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

// folder notes that a folder was to be read as a file. The reference has the words of the
// operating system ("read of 4096 bytes: Is a directory") and names no file.
func (r *reporter) folder() {
	file := r.err.File()
	if r.opt.Host == nil || file == "" {
		return
	}
	if info, err := r.opt.Host.Lstat(r.ctx, file); err == nil && info.Type == world.Directory {
		r.note(file + " is a folder: builtins.readDir lists what is in it")
	}
}

// deleted notes that Git tracks a file that is not there: the reference then fails with a
// message about its own copy of the tree.
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

// listNix returns the Nix files of a folder as the end of a sentence; "" if the folder has
// none, or too many to help.
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

// similarFiles returns names in a folder that are near to base, as relative paths, five at
// most. Names that differ in case or lack .nix come first, then those with few other letters,
// then those that contain it. Folders of more than 16,384 entries are not searched.
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

// invalidData replaces the message of a text that is not valid JSON or TOML. That of the
// reference is its library's, with a code (json.exception.parse_error.101) and a token.
func (r *reporter) invalidData(form string) {
	line, column, problem := r.err.TextPosition()
	problem, _, _ = strings.Cut(problem, "\n")
	if problem == "" {
		return
	}
	at := ""
	if line > 0 {
		at = fmt.Sprintf(", at line %d", line)
	}
	if column > 0 {
		at += fmt.Sprintf(", column %d", column)
	}
	r.out.Message = "the text is not valid " + form + at + ": " + problem
	r.dataFile(line, column)
}

// A textError is an error about a text of data, by code that knows no evaluator.
type textError interface {
	error
	ErrorCode() string
	TextPosition() (line, column int, problem string)
}

// textReport returns the report of an error about a text of data that no evaluation had.
func (r *reporter) textReport(e textError) *Report {
	line, column, problem := e.TextPosition()
	r.out = &Report{Code: codes[e.ErrorCode()], Nix: e.Error()}
	r.out.Message = r.out.Code.Title + ", at line " + strconv.Itoa(line) + ": " + problem
	if line == 0 {
		r.out.Message = r.out.Code.Title + ": " + problem
	}
	r.dataFile(line, column)
	return r.out
}

// dataFile makes a line of the file that is not valid the place of the error, if the
// options or the program say which file it is.
func (r *reporter) dataFile(line, column int) {
	file := r.opt.Data
	eachFrame(r.out.Frames, func(f *Frame) bool {
		if f.Origin == User && f.Place != nil {
			file = r.readPath(f.Place)
		}
		return file == ""
	})
	if file == "" {
		return
	}
	s := r.fileSource(file)
	if s == nil || line < 1 {
		r.note("the text is that of " + file)
		return
	}
	if at, ok := offset(s.file, line, max(column, 1)); ok {
		end := at + 1
		if column == 0 {
			end = at + len(s.file.Line(line))
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
