// Package export is the format in which "nix-store --export" writes store objects
// and --import reads them: archives, one behind the other, each with its path,
// references and deriver. It has no signatures, and no content addresses.
//
//	Write   the objects of a store, as a stream
//	Read    a stream into a store
package export

// This file defines both directions.

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
)

const (
	magic = 0x4558494e // "NIXE"

	maxPath       = 4 << 10 // bytes
	maxReferences = 1 << 20
)

// Write writes the objects at paths, each after those of them that it refers to.
// An object whose files are not what the store knows of them is an error.
func Write(ctx context.Context, w io.Writer, s store.Store, paths []string) error {
	sorted, err := referencesFirst(ctx, s, paths)
	if err != nil {
		return err
	}
	bw := bufio.NewWriterSize(w, 64<<10)
	for _, info := range sorted {
		if err := writeObject(ctx, bw, s, info); err != nil {
			return err
		}
	}
	putNumber(bw, 0)
	return bw.Flush()
}

// referencesFirst returns what is known of paths, references first.
func referencesFirst(ctx context.Context, s store.Store, paths []string) ([]*store.PathInfo, error) {
	infos := make(map[string]*store.PathInfo, len(paths))
	for _, path := range paths {
		info, err := s.Info(ctx, path)
		if err != nil {
			return nil, err
		}
		infos[path] = info
	}
	var sorted []*store.PathInfo
	seen := map[string]bool{}
	var visit func(path string)
	visit = func(path string) {
		info := infos[path]
		if info == nil || seen[path] {
			return
		}
		seen[path] = true
		for _, ref := range info.References {
			visit(ref)
		}
		sorted = append(sorted, info)
	}
	// The reference's order: the last path first, but for references.
	for _, path := range slices.Backward(slices.Sorted(slices.Values(paths))) {
		visit(path)
	}
	return sorted, nil
}

// writeObject writes one object.
func writeObject(ctx context.Context, w *bufio.Writer, s store.Store, info *store.PathInfo) error {
	putNumber(w, 1)
	h := nixhash.NewHasher(nixhash.SHA256)
	if err := s.WriteNAR(ctx, info.Path, io.MultiWriter(w, h)); err != nil {
		return err
	}
	if got := h.Result(); got != info.NARHash {
		//lint:ignore ST1005 the reference's words
		return fmt.Errorf("hash of path '%s' has changed from '%s' to '%s'!", info.Path,
			info.NARHash.Prefixed(nixhash.Nix32), got.Prefixed(nixhash.Nix32))
	}
	putNumber(w, magic)
	putText(w, info.Path)
	putNumber(w, uint64(len(info.References)))
	for _, ref := range info.References {
		putText(w, ref)
	}
	putText(w, info.Deriver)
	putNumber(w, 0) // no signature
	return w.Flush()
}

// putNumber writes a number. The error of a bufio.Writer stays until Flush.
func putNumber(w *bufio.Writer, n uint64) {
	_, _ = w.Write(binary.LittleEndian.AppendUint64(nil, n))
}

// putText writes a text with its length and padding.
func putText(w *bufio.Writer, text string) {
	putNumber(w, uint64(len(text)))
	_, _ = w.WriteString(text)
	_, _ = w.WriteString("\x00\x00\x00\x00\x00\x00\x00"[:-len(text)&7])
}

// errForm is the error of a stream that nothing here has written.
var errForm = errors.New("input doesn't look like something created by 'nix-store --export'")

// Temp is where Read keeps an archive until it is known whose it is: the path
// stands behind it. What is written is then read once from its beginning.
type Temp interface {
	io.ReadWriteSeeker
	Truncate(size int64) error
}

// Read adds the objects of a stream to s, and returns their paths. temp keeps one
// archive at a time.
func Read(ctx context.Context, r io.Reader, s store.Store, temp Temp) ([]string, error) {
	d := &decoder{r: bufio.NewReaderSize(store.WithContext(ctx, r), 64<<10)}
	var paths []string
	for {
		more := d.number()
		switch {
		case d.err != nil:
			return paths, d.err
		case more == 0:
			return paths, nil
		case more != 1:
			return paths, errForm
		}
		info, err := d.object(s, temp)
		if err != nil {
			return paths, err
		}
		if err := s.AddNAR(ctx, info, temp); err != nil {
			return paths, err
		}
		paths = append(paths, info.Path)
	}
}

// A decoder reads the parts of a stream. The first error ends it.
type decoder struct {
	r   *bufio.Reader
	err error
}

// object reads one object, from its archive on; temp is then at the beginning of
// the archive.
func (d *decoder) object(s store.Store, temp Temp) (*store.PathInfo, error) {
	if _, err := temp.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if err := temp.Truncate(0); err != nil {
		return nil, err
	}
	h := nixhash.NewHasher(nixhash.SHA256)
	if err := nar.Copy(io.MultiWriter(temp, h), d.r); err != nil {
		return nil, err
	}
	if _, err := temp.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if d.number() != magic && d.err == nil {
		//lint:ignore ST1005 the reference's words
		return nil, errors.New("Nix archive cannot be imported; wrong format")
	}
	info := &store.PathInfo{NARHash: h.Result(), NARSize: h.Len()}
	var err error
	if info.Path, err = d.path(s); err != nil {
		return nil, err
	}
	count := d.number()
	if count > maxReferences {
		return nil, errForm
	}
	for range count {
		ref, err := d.path(s)
		if err != nil {
			return nil, err
		}
		info.References = append(info.References, ref)
	}
	slices.Sort(info.References)
	info.References = slices.Compact(info.References)
	if info.Deriver = d.text(); info.Deriver != "" {
		if _, err := s.Dir().Parse(info.Deriver); err != nil {
			return nil, err
		}
	}
	if d.number() == 1 { // a signature of an old version, which nothing checks
		d.text()
	}
	return info, d.err
}

// path reads a store path.
func (d *decoder) path(s store.Store) (string, error) {
	text := d.text()
	if d.err != nil {
		return "", d.err
	}
	p, err := s.Dir().Parse(text)
	return s.Dir().Text(p), err
}

func (d *decoder) number() uint64 {
	var b [8]byte
	d.read(b[:])
	return binary.LittleEndian.Uint64(b[:])
}

func (d *decoder) read(b []byte) {
	if d.err != nil {
		return
	}
	if _, d.err = io.ReadFull(d.r, b); d.err == io.EOF {
		d.err = io.ErrUnexpectedEOF
	}
}

func (d *decoder) text() string {
	n := d.number()
	if d.err == nil && n > maxPath {
		d.err = errForm
	}
	if d.err != nil {
		return ""
	}
	b := make([]byte, (n+7)&^7)
	d.read(b)
	if strings.Trim(string(b[n:]), "\x00") != "" && d.err == nil {
		d.err = errors.New("non-zero padding")
	}
	return string(b[:n])
}
