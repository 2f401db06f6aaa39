package world

// This file defines a world with some texts in it.

import (
	"context"
	"io"
	"strings"
)

// Texts returns host with a file for each of texts, by its name in the directory dir, which ends in
// a slash. Everything below dir is hidden, and dir itself is no directory that can be listed.
func Texts(host Host, dir string, texts map[string]string) Host {
	return &textHost{host: host, dir: dir, texts: texts}
}

type textHost struct {
	host  Host
	dir   string
	texts map[string]string
}

// find returns the text at path; inside says whether path is below the directory of texts.
func (h *textHost) find(path string) (text string, found, inside bool) {
	name, inside := strings.CutPrefix(path, h.dir)
	if inside {
		text, found = h.texts[name]
	}
	return text, found, inside
}

func (h *textHost) Lstat(ctx context.Context, path string) (FileInfo, error) {
	text, found, inside := h.find(path)
	switch {
	case !inside:
		return h.host.Lstat(ctx, path)
	case !found:
		return none{}.Lstat(ctx, path)
	}
	return FileInfo{Type: Regular, Size: int64(len(text))}, nil
}

func (h *textHost) Open(ctx context.Context, path string) (File, error) {
	text, found, inside := h.find(path)
	switch {
	case !inside:
		return h.host.Open(ctx, path)
	case !found:
		return none{}.Open(ctx, path)
	}
	return NewFile(strings.NewReader(text), FileInfo{Type: Regular, Size: int64(len(text))}), nil
}

func (h *textHost) ReadDir(ctx context.Context, path string) ([]DirEntry, error) {
	if _, _, inside := h.find(path); inside {
		return none{}.ReadDir(ctx, path)
	}
	return h.host.ReadDir(ctx, path)
}

func (h *textHost) ReadLink(ctx context.Context, path string) (string, error) {
	if _, _, inside := h.find(path); inside {
		return none{}.ReadLink(ctx, path)
	}
	return h.host.ReadLink(ctx, path)
}

func (h *textHost) Getenv(ctx context.Context, name string) string { return h.host.Getenv(ctx, name) }

// NewFile returns an open file from which r reads, for worlds whose files are in memory. Closing it
// does nothing.
func NewFile(r io.Reader, info FileInfo) File { return &readerFile{r, info} }

type readerFile struct {
	io.Reader
	info FileInfo
}

func (f *readerFile) Stat() (FileInfo, error) { return f.info, nil }
func (f *readerFile) Close() error            { return nil }
