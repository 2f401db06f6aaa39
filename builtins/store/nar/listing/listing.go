// Package listing lists what is in an archive, without its contents: as the .ls files
// of binary caches do, and as nix nar ls and nix store ls print it.
//
//	Entry     a file, directory or link, with what is in it
//	Builder   makes an Entry of what nar.Read tells it, with the offsets of contents
//	Files     makes an Entry of files, which have no offsets
//
// An Entry holds names and sizes alone, so it is small beside the archive.
package listing

// This file defines Entry, and its text as JSON.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/eval/datatext"
)

// An Entry is a node of an archive.
type Entry struct {
	Name       string // in its directory; "" for the archive's own node
	Kind       nar.Kind
	Executable bool     // Regular only
	Size       int64    // of the contents, in bytes; Regular only
	Offset     int64    // of the contents in the archive, in bytes; 0 if that is not known
	Target     string   // Symlink only
	Entries    []*Entry // in the order of their names; Directory only
}

// Lookup returns what is at a path below e: "" or "/", "a/b" or "/a/b". It returns nil
// if there is nothing. Links are not followed.
func (e *Entry) Lookup(path string) *Entry {
	for name := range strings.SplitSeq(path, "/") {
		if name == "" || name == "." {
			continue
		}
		i, found := slices.BinarySearchFunc(e.Entries, name, func(e *Entry, name string) int { return strings.Compare(e.Name, name) })
		if !found {
			return nil
		}
		e = e.Entries[i]
	}
	return e
}

// AppendJSON appends e as an object with sorted keys. If deep is false, what is in a
// directory has empty objects.
func (e *Entry) AppendJSON(b []byte, deep bool) ([]byte, error) {
	switch e.Kind {
	case nar.Regular:
		b = append(b, '{')
		if e.Executable {
			b = append(b, `"executable":true,`...)
		}
		if e.Offset > 0 {
			b = fmt.Appendf(b, `"narOffset":%d,`, e.Offset)
		}
		return fmt.Appendf(b, `"size":%d,"type":"regular"}`, e.Size), nil
	case nar.Symlink:
		b, err := datatext.AppendJSONString(append(b, `{"target":`...), e.Target)
		return append(b, `,"type":"symlink"}`...), err
	}
	b = append(b, `{"entries":{`...)
	for i, child := range e.Entries {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = datatext.AppendJSONString(b, child.Name); err != nil {
			return b, err
		}
		b = append(b, ':')
		if !deep {
			b = append(b, "{}"...)
		} else if b, err = child.AppendJSON(b, true); err != nil {
			return b, err
		}
	}
	return append(b, `},"type":"directory"}`...), nil
}

// File returns the text of a .ls file about the archive whose node e is.
func (e *Entry) File() ([]byte, error) {
	b, err := e.AppendJSON([]byte(`{"root":`), true)
	return append(b, `,"version":1}`...), err
}

// maxDepth is how deep directories can be in one another, as in archives.
const maxDepth = 64

// ParseFile reads the text of a .ls file.
func ParseFile(text []byte) (*Entry, error) {
	var file struct {
		Version int             `json:"version"`
		Root    json.RawMessage `json:"root"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, err
	}
	if file.Version != 1 {
		return nil, fmt.Errorf("version %d of listings is not known", file.Version)
	}
	return parse("", file.Root, 0)
}

// parse reads the node of that name.
func parse(name string, text []byte, depth int) (*Entry, error) {
	if depth >= maxDepth {
		return nil, fmt.Errorf("directories of the listing are deeper than %d", maxDepth)
	}
	var node struct {
		Type       string                     `json:"type"`
		Executable bool                       `json:"executable"`
		Size       int64                      `json:"size"`
		Offset     int64                      `json:"narOffset"`
		Target     string                     `json:"target"`
		Entries    map[string]json.RawMessage `json:"entries"`
	}
	if err := json.Unmarshal(text, &node); err != nil {
		return nil, err
	}
	e := &Entry{Name: name, Executable: node.Executable, Size: node.Size, Offset: node.Offset, Target: node.Target}
	switch node.Type {
	case "regular":
		e.Kind = nar.Regular
	case "symlink":
		e.Kind = nar.Symlink
	case "directory":
		e.Kind = nar.Directory
	default:
		return nil, fmt.Errorf("the listing has a node of the unknown type '%s'", node.Type)
	}
	if e.Size < 0 || e.Offset < 0 {
		return nil, errors.New("the listing has a negative size")
	}
	for child, text := range node.Entries {
		if child == "" || child == "." || child == ".." || strings.ContainsAny(child, "/\x00") {
			return nil, fmt.Errorf("the listing has the invalid file name '%s'", child)
		}
		entry, err := parse(child, bytes.TrimSpace(text), depth+1)
		if err != nil {
			return nil, err
		}
		e.Entries = append(e.Entries, entry)
	}
	slices.SortFunc(e.Entries, func(a, b *Entry) int { return strings.Compare(a.Name, b.Name) })
	return e, nil
}
