// Package attributes reads .gitattributes files, and says which attributes a path of a Git tree has.
//
//	File   the lines of one file;  Parse reads it
//	Set    the files that matter for a tree, by folder
//	Value  what an attribute is for a path
package attributes

// This file defines files of attributes, and what they say.

import (
	"path"
	"slices"
	"strings"
)

// A Value is what an attribute is for a path. Most have one of the three constants; any other value is
// the text behind "=".
type Value string

// Values of attributes.
const (
	Unspecified Value = ""
	True        Value = "\x00true"
	False       Value = "\x00false"
)

// A rule is a line of a file.
type rule struct {
	pattern  string
	anchored bool // it has a slash, so that it is about a path from the file's folder and not about a name
	dirOnly  bool // it ends in a slash
	sets     []setting
}

type setting struct {
	name  string
	value Value
}

// A File is what a file of attributes says.
type File struct {
	rules  []rule
	macros map[string][]setting
}

// maxRules is how many lines of a file count. The limit is firn's own; each path is compared with each
// of them.
const maxRules = 10_000

// Parse reads a file. Lines that cannot be read are left out, as by git.
func Parse(text string) *File {
	f := &File{}
	for line := range strings.Lines(text) {
		if len(f.rules) == maxRules {
			break
		}
		line = strings.TrimLeft(strings.TrimRight(line, "\r\n"), " \t")
		if line == "" || line[0] == '#' {
			continue
		}
		if macro, ok := strings.CutPrefix(line, "[attr]"); ok {
			if fields := strings.Fields(macro); len(fields) > 0 {
				if f.macros == nil {
					f.macros = map[string][]setting{}
				}
				f.macros[fields[0]] = settings(fields[1:])
			}
			continue
		}
		pattern, rest, ok := cutPattern(line)
		if !ok || pattern == "" || pattern[0] == '!' {
			continue
		}
		f.add(pattern, settings(strings.Fields(rest)))
	}
	return f
}

// Ignore is the attribute that ParseIgnore gives to paths.
const Ignore = "ignore"

// ParseIgnore reads a file .gitignore, as if its patterns set the attribute Ignore.
func ParseIgnore(text string) *File {
	f := &File{}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if trimmed := strings.TrimRight(line, " "); !strings.HasSuffix(trimmed, `\`) {
			line = trimmed
		}
		if line == "" || line[0] == '#' || len(f.rules) == maxRules {
			continue
		}
		value := True
		if rest, ok := strings.CutPrefix(line, "!"); ok {
			line, value = rest, False
		}
		f.add(line, []setting{{Ignore, value}})
	}
	return f
}

// add adds a rule.
func (f *File) add(pattern string, sets []setting) {
	r := rule{pattern: pattern, sets: sets}
	r.pattern, r.dirOnly = strings.CutSuffix(r.pattern, "/")
	r.anchored = strings.Contains(r.pattern, "/")
	r.pattern = strings.TrimPrefix(r.pattern, "/")
	f.rules = append(f.rules, r)
}

// cutPattern returns the pattern at the beginning of a line, which may be in quotes, and the rest.
func cutPattern(line string) (pattern, rest string, ok bool) {
	if line[0] != '"' {
		i := strings.IndexAny(line, " \t")
		if i < 0 {
			return line, "", true
		}
		return line[:i], line[i:], true
	}
	var b strings.Builder
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] == '"':
			return b.String(), line[i+1:], true
		case line[i] == '\\' && i+1 < len(line) && (line[i+1] == '"' || line[i+1] == '\\'):
			i++
			b.WriteByte(line[i])
		default:
			b.WriteByte(line[i])
		}
	}
	return "", "", false
}

// settings reads the attributes of a line: "a", "-a", "!a" and "a=value".
func settings(fields []string) []setting {
	var out []setting
	for _, f := range fields {
		name, value, has := strings.Cut(f, "=")
		switch {
		case strings.HasPrefix(f, "-"):
			out = append(out, setting{f[1:], False})
		case strings.HasPrefix(f, "!"):
			out = append(out, setting{f[1:], Unspecified})
		case has:
			out = append(out, setting{name, Value(value)})
		default:
			out = append(out, setting{f, True})
		}
	}
	return out
}

// matches reports whether a rule is about rel, a path from the folder of its file.
func (r *rule) matches(rel string, isDir bool) bool {
	if r.dirOnly && !isDir {
		return false
	}
	if r.anchored {
		return Match(r.pattern, rel)
	}
	return Match(r.pattern, path.Base(rel))
}

// get returns what the file says last of an attribute of rel. ok is false if it says nothing.
func (f *File) get(rel, name string, isDir bool) (v Value, ok bool) {
	for i := len(f.rules) - 1; i >= 0; i-- {
		r := &f.rules[i]
		for j := len(r.sets) - 1; j >= 0; j-- {
			s := r.sets[j]
			if s.name == name && r.matches(rel, isDir) {
				return s.value, true
			}
			if v, ok := f.expand(s, name); ok && r.matches(rel, isDir) {
				return v, true
			}
		}
	}
	return Unspecified, false
}

// Sets reports whether a line, or a macro, says something of one of the attributes.
func (f *File) Sets(names ...string) bool {
	sets := func(list []setting) bool {
		return slices.ContainsFunc(list, func(s setting) bool { return slices.Contains(names, s.name) })
	}
	for _, r := range f.rules {
		if sets(r.sets) {
			return true
		}
	}
	for _, m := range f.macros {
		if sets(m) {
			return true
		}
	}
	return false
}

// expand returns what the macro that s sets says of an attribute. The macro binary is there always.
func (f *File) expand(s setting, name string) (Value, bool) {
	if s.value != True {
		return Unspecified, false
	}
	if s.name == "binary" && f.macros["binary"] == nil && (name == "text" || name == "diff" || name == "merge") {
		return False, true
	}
	for _, m := range f.macros[s.name] {
		if m.name == name {
			return m.value, true
		}
	}
	return Unspecified, false
}

// A Set is the files of attributes of a tree: those in its folders, by path of the folder ("" is the
// root), and one that goes before them.
type Set struct {
	First *File // such as info/attributes of a repository; nil if there is none
	// Folder returns the file in a folder; nil if it has none.
	Folder func(dir string) (*File, error)
}

// Get returns an attribute of a path. Files in folders nearer to it go before those further up.
func (s *Set) Get(p, name string, isDir bool) (Value, error) {
	if s.First != nil {
		if v, ok := s.First.get(p, name, isDir); ok {
			return v, nil
		}
	}
	for dir := parent(p); ; dir = parent(dir) {
		f, err := s.Folder(dir)
		if err != nil {
			return Unspecified, err
		}
		if f != nil {
			if v, ok := f.get(strings.TrimPrefix(strings.TrimPrefix(p, dir), "/"), name, isDir); ok {
				return v, nil
			}
		}
		if dir == "" {
			return Unspecified, nil
		}
	}
}

// parent returns the folder that a path is in; "" for the root.
func parent(p string) string {
	i := strings.LastIndexByte(p, '/')
	return p[:max(i, 0)]
}
