package storecmd

// This file defines how the files of two sources are compared.

import (
	"bytes"
	"errors"
	"io"
	"path"
	"slices"
	"unicode/utf8"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
)

// maxShownFile is how long a file may be of which lines are shown, in bytes.
const maxShownFile = 1 << 20

// files returns which files differ of two sources in the store, or, if both are texts, which
// lines do.
func (p *diffPrinter) files(old, new string) []string {
	host := p.store.Files()
	if host == nil {
		return nil
	}
	c := &treeComparison{files: store.Files(p.ctx, host)}
	if text := c.texts(old, new); text != nil {
		return text
	}
	if err := c.compare(old, new, ""); err != nil {
		return append(c.found, "(not compared further: "+err.Error()+")")
	}
	return c.found
}

// A treeComparison is a comparison of two file trees.
type treeComparison struct {
	files nar.FS
	found []string
}

// texts returns the lines that two files do not have in common; nil if they are no short texts.
func (c *treeComparison) texts(old, new string) []string {
	var texts [2]string
	for i, name := range []string{old, new} {
		info, err := c.files.Lstat(name)
		if err != nil || info.Kind != nar.Regular || info.Size > maxShownFile {
			return nil
		}
		text, err := c.read(name)
		if err != nil || !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
			return nil
		}
		texts[i] = string(text)
	}
	return changedParts(texts[0]+"\n", texts[1]+"\n")
}

// read returns the contents of a file, or their beginning.
func (c *treeComparison) read(name string) ([]byte, error) {
	f, err := c.files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxShownFile))
}

// compare compares what is at a path below two trees. The depth of its recursion is that of
// the trees.
func (c *treeComparison) compare(old, new, at string) error {
	a, err := c.files.Lstat(path.Join(old, at))
	if err != nil {
		return err
	}
	b, err := c.files.Lstat(path.Join(new, at))
	if err != nil {
		return err
	}
	shown := path.Join(".", at)
	switch {
	case a.Kind != b.Kind:
		c.found = append(c.found, "~ "+shown+": "+a.Kind.String()+" → "+b.Kind.String())
	case a.Kind == nar.Directory:
		return c.directories(old, new, at)
	case a.Kind == nar.Symlink:
		x, err := c.files.ReadLink(path.Join(old, at))
		if err != nil {
			return err
		}
		y, err := c.files.ReadLink(path.Join(new, at))
		if err != nil {
			return err
		}
		if x != y {
			c.found = append(c.found, "~ "+shown+" -> "+x+" → "+y)
		}
	case a.Executable != b.Executable:
		c.found = append(c.found, "~ "+shown+" (executable or not)")
	default:
		same, err := c.same(path.Join(old, at), path.Join(new, at))
		if err != nil {
			return err
		}
		if !same {
			c.found = append(c.found, "~ "+shown)
		}
	}
	return nil
}

// directories compares the entries of two directories.
func (c *treeComparison) directories(old, new, at string) error {
	a, err := c.files.ReadDir(path.Join(old, at))
	if err != nil {
		return err
	}
	b, err := c.files.ReadDir(path.Join(new, at))
	if err != nil {
		return err
	}
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	for _, name := range slices.Compact(all) {
		below := path.Join(at, name)
		switch {
		case !slices.Contains(b, name):
			c.found = append(c.found, "- "+below)
		case !slices.Contains(a, name):
			c.found = append(c.found, "+ "+below)
		default:
			if err := c.compare(old, new, below); err != nil {
				return err
			}
		}
	}
	return nil
}

// same reports whether two files have the same contents.
func (c *treeComparison) same(old, new string) (bool, error) {
	f, err := c.files.Open(old)
	if err != nil {
		return false, err
	}
	defer f.Close()
	g, err := c.files.Open(new)
	if err != nil {
		return false, err
	}
	defer g.Close()
	var x, y [32 << 10]byte
	for {
		n, err1 := io.ReadFull(f, x[:])
		m, err2 := io.ReadFull(g, y[:])
		if !bytes.Equal(x[:n], y[:m]) {
			return false, nil
		}
		if err1 != nil || err2 != nil {
			for _, err := range []error{err1, err2} {
				if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
					return false, err
				}
			}
			return (err1 != nil) == (err2 != nil), nil
		}
	}
}
