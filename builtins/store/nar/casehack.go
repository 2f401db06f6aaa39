package nar

// This file defines how names that differ only in case lie in one folder of a file system that does not tell them apart.

import (
	"io"
	"strconv"
	"strings"
)

// caseHack stands between a name and a number on the disk. The suffix is Nix's, so that both read each other's trees.
const caseHack = "~nix~case~hack~"

// UndoCaseHack returns fs with the names that archives have: without the suffixes that CaseHack adds. Two names of a folder
// that are equal then are an error. The FS is for one call of Write.
func UndoCaseHack(fs FS) FS { return &unhacked{fs, map[string]string{}} }

// An unhacked is an FS of names without suffixes.
type unhacked struct {
	fs   FS
	real map[string]string // by path without suffixes, paths that have some; of folders that were read
}

// at returns the path on the disk.
func (u *unhacked) at(path string) string {
	if real, ok := u.real[path]; ok {
		return real
	}
	return path
}

func (u *unhacked) Lstat(path string) (Info, error)         { return u.fs.Lstat(u.at(path)) }
func (u *unhacked) ReadLink(path string) (string, error)    { return u.fs.ReadLink(u.at(path)) }
func (u *unhacked) Open(path string) (io.ReadCloser, error) { return u.fs.Open(u.at(path)) }

// ReadDir notes where the entries are that have a suffix, or are in a folder that has one.
func (u *unhacked) ReadDir(path string) ([]string, error) {
	dir := u.at(path)
	names, err := u.fs.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	seen := make(map[string]string, len(names))
	for i, name := range names {
		plain, _, hacked := strings.Cut(name, caseHack)
		if other, twice := seen[plain]; twice {
			return nil, errorf("file name collision between '%s/%s' and '%s/%s'", dir, min(name, other), dir, max(name, other))
		}
		seen[plain] = name
		names[i] = plain
		if hacked || dir != path {
			u.real[path+"/"+plain] = dir + "/" + name
		}
	}
	return names, nil
}

// CaseHack returns a Visitor that tells v of the same tree, in whose folders no names are equal but for case: a name that
// is, to an earlier one, gets a suffix.
func CaseHack(v Visitor) Visitor { return &caseHacker{v: v} }

// A caseHacker gives names suffixes.
type caseHacker struct {
	v    Visitor
	open []caseFolder // the folders on the way to what comes next, outermost first
}

// A caseFolder is a folder of the archive.
type caseFolder struct {
	path  string               // in the archive
	real  string               // as v knows it
	names map[string]*caseName // by name in lower case
}

// A caseName is a name that a folder has on the disk.
type caseName struct {
	text string
	more int // names that came later and are equal but for case
}

// at returns the path for v. A suffixed name that is in the archive as well is an error.
func (h *caseHacker) at(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	dir, name := "", path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		dir, name = path[:i], path[i+1:]
	}
	for h.open[len(h.open)-1].path != dir {
		h.open = h.open[:len(h.open)-1]
	}
	in := &h.open[len(h.open)-1]
	real := name
	if first := in.names[strings.ToLower(name)]; first != nil {
		first.more++
		real += caseHack + strconv.Itoa(first.more)
		if other := in.names[strings.ToLower(real)]; other != nil {
			return "", errorf("NAR contains file name '%s' that collides with case-hacked file name '%s'", name, other.text)
		}
	}
	if _, taken := in.names[strings.ToLower(real)]; !taken {
		in.names[strings.ToLower(real)] = &caseName{text: real}
	}
	if in.real != "" {
		real = in.real + "/" + real
	}
	return real, nil
}

// Directory implements Visitor.
func (h *caseHacker) Directory(path string) error {
	real, err := h.at(path)
	if err != nil {
		return err
	}
	h.open = append(h.open, caseFolder{path, real, map[string]*caseName{}})
	return h.v.Directory(real)
}

// File implements Visitor.
func (h *caseHacker) File(path string, executable bool, size int64, contents io.Reader) error {
	real, err := h.at(path)
	if err != nil {
		return err
	}
	return h.v.File(real, executable, size, contents)
}

// Symlink implements Visitor.
func (h *caseHacker) Symlink(path, target string) error {
	real, err := h.at(path)
	if err != nil {
		return err
	}
	return h.v.Symlink(real, target)
}
