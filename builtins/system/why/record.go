package why

// This file defines Record, and how it is kept.

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// format is the number of the format of records; those with another one are not read.
const format = 1

// A Record is what is kept of a generation.
type Record struct {
	Format int    `json:"format"`
	Path   string `json:"path"`  // of the generation in the store
	Label  string `json:"label"` // a name for people, as "26.11pre-git"; ""
	Source string `json:"source,omitempty"`
	// Trees are the versions of what modules come from, such as nixpkgs: by their names.
	Trees map[string]string `json:"trees"`
	// Options are what the user's files define: by the path of an attribute.
	Options map[string]*Option `json:"options"`
	// Parts are what the generation consists of: by kinds, and names.
	Parts map[string]map[string]Part `json:"parts"`
	// Defined says which modules define an option: by the path of the option.
	Defined map[string][]string `json:"defined"`
}

// An Option is an attribute that files of the user define, such as
// services.openssh.settings.PermitRootLogin. An attribute of an option counts as one of its own.
type Option struct {
	Name        string       `json:"name"`     // of the option that was declared: the path or its beginning
	Declared    []string     `json:"declared"` // modules that declare it
	Definitions []Definition `json:"definitions"`
}

// A Definition is what a file says about an attribute.
type Definition struct {
	File  string `json:"file"`           // "" if it is not known
	Line  int    `json:"line,omitempty"` // 1-based; 0 if it is not known
	Value string `json:"value"`          // as it is written; of what cannot be written, in words
	// Text stands for how it is written, if the value has functions, which cannot be compared.
	Text string `json:"text,omitempty"`
	// Elems are the elements of a list; nil if it is none.
	Elems []Elem `json:"elems,omitempty"`
}

// An Elem is an element of a list.
type Elem struct {
	Value string `json:"value"`
	Line  int    `json:"line,omitempty"` // 0: that of the definition
}

// A Part is a part of a generation.
type Part struct {
	Value string   `json:"value"` // differs if the part does: a version, or a hash
	From  []string `json:"from"`  // modules and files that define it
}

// Name returns the name of the file of a record: after the store path that it is about.
func Name(storePath string) string { return path.Base(storePath) + ".json.gz" }

// Save writes a record to a folder, which is made. A crash leaves the whole record or none.
func (r *Record) Save(dir string) error {
	r.Format = format
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	if err := json.NewEncoder(z).Encode(r); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(buf.Bytes())
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(dir, Name(r.Path)))
}

// maxRecord is how large a record may be, in bytes.
const maxRecord = 256 << 20

// Load returns the record of a store path, which is looked for in folders; nil if there is none.
func Load(storePath string, dirs ...string) (*Record, error) {
	for _, dir := range dirs {
		f, err := os.Open(filepath.Join(dir, Name(storePath)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		r, err := read(f)
		_ = f.Close()
		if err != nil {
			return nil, fmt.Errorf("'%s' cannot be read: %w", f.Name(), err)
		}
		if r.Format == format {
			return r, nil
		}
	}
	return nil, nil
}

// read reads a record.
func read(in io.Reader) (*Record, error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	r := &Record{}
	return r, json.NewDecoder(io.LimitReader(z, maxRecord)).Decode(r)
}

// Prune deletes the records in a folder, but for those of store paths that keep names.
func Prune(dir string, keep func(base string) bool) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		base, ok := strings.CutSuffix(e.Name(), ".json.gz")
		if !ok || keep(base) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
