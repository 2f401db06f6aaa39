package odb

// This file defines what commits, tags and trees say.

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// MaxText is the size in bytes of the largest commit or tag that is read, and MaxTree that of the
// largest tree: one of a folder with more than a million files.
const (
	MaxText = 16 << 20
	MaxTree = 64 << 20
)

// A Commit is what a commit says, as far as fetching needs it.
type Commit struct {
	Tree    ID
	Parents []ID
	Time    int64 // when it was committed, in seconds since 1970
}

// errCommit is the error of a commit that lacks what every commit has.
var errCommit = errors.New("the commit is damaged")

// header returns the value of the first line of text if it has that name, and what follows it.
func header(text []byte, name string) (value, rest []byte, ok bool) {
	line, rest, ended := bytes.Cut(text, []byte{'\n'})
	value, ok = bytes.CutPrefix(line, []byte(name+" "))
	if !ok || !ended {
		return nil, text, false
	}
	return value, rest, true
}

// ParseCommit reads the text of a commit.
func ParseCommit(text []byte) (*Commit, error) {
	value, text, ok := header(text, "tree")
	if !ok {
		return nil, errCommit
	}
	c := &Commit{}
	var err error
	if c.Tree, err = ParseID(string(value)); err != nil {
		return nil, errCommit
	}
	for {
		if value, text, ok = header(text, "parent"); !ok {
			break
		}
		parent, err := ParseID(string(value))
		if err != nil {
			return nil, errCommit
		}
		c.Parents = append(c.Parents, parent)
	}
	if _, text, ok = header(text, "author"); !ok {
		return nil, errCommit
	}
	if value, _, ok = header(text, "committer"); !ok {
		return nil, errCommit
	}
	c.Time = signatureTime(value)
	return c, nil
}

// signatureTime returns the time in a line such as "A U Thor <a@example.org> 1700000000 +0100", in
// seconds since 1970; 0 if it has none, as in git.
func signatureTime(line []byte) int64 {
	i := bytes.LastIndexByte(line, '>')
	if i < 0 {
		return 0
	}
	fields := bytes.Fields(line[i+1:])
	if len(fields) == 0 {
		return 0
	}
	n, err := strconv.ParseInt(string(fields[0]), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// ParseTag reads the text of a tag, and returns what it is a name for.
func ParseTag(text []byte) (ID, Kind, error) {
	errTag := errors.New("the tag is damaged")
	value, text, ok := header(text, "object")
	if !ok {
		return ID{}, 0, errTag
	}
	id, err := ParseID(string(value))
	if err != nil {
		return ID{}, 0, errTag
	}
	value, _, ok = header(text, "type")
	kind := parseKind(string(value))
	if !ok || kind == 0 {
		return ID{}, 0, errTag
	}
	return id, kind, nil
}

// A Mode is what an entry of a tree is, as the number that Git writes for it.
type Mode uint32

// Modes of entries.
const (
	ModeTree       Mode = 0o040000
	ModeFile       Mode = 0o100644
	ModeExecutable Mode = 0o100755
	ModeLink       Mode = 0o120000
	ModeSubmodule  Mode = 0o160000
)

// Canonical returns the one of the modes above that m stands for: old repositories have files with
// other permissions. It returns 0 if there is none.
func (m Mode) Canonical() Mode {
	switch m & 0o170000 {
	case 0o100000:
		if m&0o100 != 0 {
			return ModeExecutable
		}
		return ModeFile
	case ModeTree, ModeLink, ModeSubmodule:
		return m & 0o170000
	}
	return 0
}

// An Entry is a row of a tree.
type Entry struct {
	Name string
	Mode Mode
	ID   ID
}

// TreeEntries reads the contents of a tree. A name that could not be one of a file in a folder is an
// error, and so is one that stands there twice.
func TreeEntries(data []byte, format Format) ([]Entry, error) {
	size := format.Size()
	entries := make([]Entry, 0, len(data)/(size+20))
	for len(data) > 0 {
		mode := Mode(0)
		i := 0
		for ; i < len(data) && data[i] != ' '; i++ {
			if data[i] < '0' || data[i] > '7' || i > 6 {
				return nil, errors.New("a mode in the tree is damaged")
			}
			mode = mode<<3 | Mode(data[i]-'0')
		}
		if i == 0 || i == len(data) {
			return nil, errors.New("a mode in the tree is damaged")
		}
		name, rest, ok := bytes.Cut(data[i+1:], []byte{0})
		if !ok || len(rest) < size {
			return nil, errors.New("the tree is cut short")
		}
		e := Entry{Name: string(name), Mode: mode.Canonical(), ID: MakeID(rest[:size])}
		if err := checkEntry(e, mode); err != nil {
			return nil, err
		}
		if n := len(entries); n > 0 && entries[n-1].Name == e.Name {
			return nil, fmt.Errorf("the tree has '%s' twice", clip(e.Name))
		}
		entries = append(entries, e)
		data = rest[size:]
	}
	return entries, nil
}

// checkEntry returns an error for a row that no file could be made of. mode is what the tree says.
func checkEntry(e Entry, mode Mode) error {
	switch {
	case e.Name == "" || e.Name == "." || e.Name == ".." || strings.Contains(e.Name, "/"):
		return fmt.Errorf("the tree has a file with the name '%s'", clip(e.Name))
	case e.Mode == 0:
		return fmt.Errorf("file '%s' in the tree has the unknown mode %o", clip(e.Name), mode)
	}
	return nil
}
