package repo

// This file defines which files of a working tree that Git calls unchanged have other bytes than in the commit.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch/git/attributes"
	"github.com/firn-lang/firn/builtins/fetch/git/index"
	"github.com/firn-lang/firn/builtins/fetch/git/odb"
)

// A Memo remembers facts between runs, by texts that say all that they depend on. Several goroutines may use it
// at once.
type Memo interface {
	Known(fact string) bool
	Remember(fact string)
}

// lineAttributes are those that decide about the ends of lines, and filterAttributes those that decide about
// other conversions of files.
var (
	lineAttributes   = []string{"text", "eol", "crlf"}
	filterAttributes = []string{"filter", "ident", "working-tree-encoding"}
)

// A converter says which files Git converts between the working tree and the repository. It is not for
// several goroutines at once.
type converter struct {
	repo       *Repository
	crlf       string // core.autocrlf
	autoCRLF   bool   // ends of lines may differ everywhere
	filters    bool   // a tracked file of attributes says something of filters
	lines      bool   // or of ends of lines
	attributes *attributes.Set
}

// newConverter returns a converter. With tracked, files of attributes count that the index has; otherwise all
// on disk, each of whose folders costs a look.
func newConverter(r *Repository, ix *index.Index, tracked bool) *converter {
	c := &converter{repo: r}
	c.crlf, _ = r.Config.Get("core", "", "autocrlf")
	c.autoCRLF = c.crlf != "" && !strings.EqualFold(c.crlf, "false")
	files := map[string]*attributes.File{}
	c.attributes = &attributes.Set{First: readAttributes(c.first()), Folder: func(dir string) (*attributes.File, error) {
		f, ok := files[dir]
		if !ok && !tracked {
			f = readAttributes(filepath.Join(r.WorkTree, filepath.FromSlash(dir), ".gitattributes"))
			files[dir] = f
		}
		return f, nil
	}}
	c.note(c.attributes.First)
	for i := range ix.Entries {
		name := ix.Entries[i].Name
		dir, ok := strings.CutSuffix(name, ".gitattributes")
		if dir = strings.TrimSuffix(dir, "/"); ok && (dir == "" || len(dir)+len("/.gitattributes") == len(name)) {
			f := readAttributes(filepath.Join(r.WorkTree, filepath.FromSlash(name)))
			files[dir] = f
			c.note(f)
		}
	}
	return c
}

// first returns the file of attributes that goes before those of the working tree.
func (c *converter) first() string { return filepath.Join(c.repo.Common, "info", "attributes") }

// note takes notice of what a file, or nil, says.
func (c *converter) note(f *attributes.File) {
	if f != nil {
		c.lines = c.lines || f.Sets(lineAttributes...)
		c.filters = c.filters || f.Sets(filterAttributes...)
	}
}

// readAttributes reads a file of attributes; nil if there is none.
func readAttributes(name string) *attributes.File {
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxConfig))
	if err != nil {
		return nil
	}
	return attributes.Parse(string(text))
}

// any reports whether there may be a file that is converted.
func (c *converter) any() bool { return c.autoCRLF || c.lines || c.filters }

// converted reports whether a file that is unchanged, and has size bytes on disk, may have other bytes than its
// blob. Where only ends of lines may differ, they do if the size does.
func (c *converter) converted(ctx context.Context, e *index.Entry, size int64) (bool, error) {
	if !c.any() || e.Mode == odb.ModeLink {
		return false, nil
	}
	if c.filters {
		for _, name := range filterAttributes {
			if v, _ := c.attributes.Get(e.Name, name, false); v != attributes.Unspecified && v != attributes.False {
				return true, nil
			}
		}
	}
	if !c.mayHaveCRLF(e.Name) {
		return false, nil
	}
	_, stored, err := c.repo.objects.Stat(ctx, e.ID)
	return err == nil && stored != size, err
}

// mayHaveCRLF reports whether Git may change ends of lines of a file.
func (c *converter) mayHaveCRLF(name string) bool {
	if !c.autoCRLF && !c.lines {
		return false
	}
	may := c.autoCRLF
	for _, attribute := range lineAttributes {
		v, _ := c.attributes.Get(name, attribute, false)
		if v == attributes.False && attribute != "eol" {
			return false
		}
		may = may || v != attributes.Unspecified
	}
	return may
}

// converted marks the entries with other bytes on disk than in the repository, among those whose sizes and times
// are as the index has them. That there are none is remembered: finding it out means a look at the size of
// each object.
func (r *Repository) converted(ctx context.Context, ix *index.Index, states []state, memo Memo) error {
	c := newConverter(r, ix, true)
	if !c.any() {
		return nil
	}
	fact := c.fact(ix)
	if memo != nil && memo.Known(fact) {
		return nil
	}
	none := true
	for i := range ix.Entries {
		if i%256 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		e := &ix.Entries[i]
		if e.Stat.Size == 0 || e.Mode == odb.ModeSubmodule { // which Git also says of files that it has to look at again
			continue
		}
		is, err := c.converted(ctx, e, int64(e.Stat.Size))
		if err != nil {
			return err
		}
		if is {
			states[i] |= converted
			none = false
		}
	}
	if none && memo != nil {
		memo.Remember(fact)
	}
	return nil
}

// fact returns what the fact is called that no unchanged file of the index is converted. The index has the
// names of the blobs of all files of attributes, and sizes of all files.
func (c *converter) fact(ix *index.Index) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n", ix.Sum, c.crlf)
	if text, err := os.ReadFile(c.first()); err == nil {
		h.Write(text)
	}
	return "unconverted:" + hex.EncodeToString(h.Sum(nil))
}
