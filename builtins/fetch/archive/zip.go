package archive

// This file defines how zip archives are read.

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/firn-lang/firn/eval/budget"
)

// memory is a Spool in memory.
type memory struct {
	b   budget.Budget
	buf bytes.Buffer
}

func (m *memory) Write(p []byte) (int, error) {
	if err := budget.Charge(m.b, len(p)); err != nil {
		return 0, err
	}
	return m.buf.Write(p)
}

func (m *memory) ReadAt(p []byte, off int64) (int, error) {
	return bytes.NewReader(m.buf.Bytes()).ReadAt(p, off)
}

// zip reads the entries of a zip archive. The list of its files is at its end, so all of
// it comes first.
func (u *unpacker) zip(r io.Reader) error {
	spool := u.opt.Spool
	if spool == nil {
		spool = &memory{b: u.opt.Budget}
	}
	size, err := io.Copy(struct{ io.Writer }{spool}, r)
	if err != nil {
		return err
	}
	archive, err := zip.NewReader(spool, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // of names, which are cleaned
		return err
	}
	// A list may name the same bytes many times, so that they come out many times.
	for _, f := range archive.File {
		if err := u.zipFile(f); err != nil {
			return err
		}
	}
	return nil
}

// zipFile adds one entry.
func (u *unpacker) zipFile(f *zip.File) error {
	if err := u.begin(f.Name, "", f.Modified); err != nil {
		return err
	}
	mode := f.Mode()
	if strings.HasSuffix(f.Name, "/") || mode.IsDir() {
		return u.w.Directory(f.Name)
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	switch mode.Type() {
	case 0:
		return u.file(f.Name, mode&0o100 != 0, r)
	case fs.ModeSymlink:
		target, err := budget.ReadAll(u.opt.Budget, r, maxName)
		if errors.Is(err, budget.ErrTooLarge) {
			return errorf("the target of link '%s' in the archive has more than %d bytes", f.Name, maxName)
		}
		if err != nil {
			return err
		}
		return u.w.Symlink(f.Name, string(target))
	}
	return errorf("file '%s' in the archive has an unsupported type", f.Name)
}
