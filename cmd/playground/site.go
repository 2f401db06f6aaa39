//go:build !js

package main

// This file defines the files of the page: how they are made, and how they are
// sent.

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

//go:embed page
var page embed.FS

// A site has the files of the page, by their names. None of them is in a folder,
// and all refer to each other by name, so that they work below any address.
type site map[string]*file

type file struct {
	data, gzip []byte // gzip is nil where it is not worth it
	kind       string // its media type
	tag        string // that changes with data
}

// newSite returns the page, with firn as compile made it.
func newSite(ctx context.Context, wasm []byte) (site, error) {
	s := site{}
	pages, err := fs.Glob(page, "page/*")
	if err != nil {
		return nil, err
	}
	for _, name := range pages {
		data, err := page.ReadFile(name)
		if err != nil {
			return nil, err
		}
		s.add(strings.TrimPrefix(name, "page/"), data)
	}
	// This file has to be of the version of Go that compiled firn, so there is no
	// copy of it here.
	root, err := goCommand(ctx, "env", "GOROOT").Output()
	if err != nil {
		return nil, commandError(err)
	}
	loader, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, err
	}
	s.add("wasm_exec.js", loader)
	s.add("firn.wasm", wasm)
	return s, s["firn.wasm"].compress()
}

// kinds are media types by the ends of names. The system's table need not have
// them, and a browser compiles while it loads only if this one is right.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".wasm": "application/wasm",
}

func (s site) add(name string, data []byte) {
	s[name] = &file{data: data, kind: kinds[filepath.Ext(name)], tag: fmt.Sprintf("%x", sha256.Sum256(data))[:16]}
}

func (f *file) compress() error {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(f.data); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	f.gzip = out.Bytes()
	return nil
}

// write writes the files into a folder.
func (s site) write(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for name, f := range s {
		if err := os.WriteFile(filepath.Join(dir, name), f.data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// ServeHTTP sends a file.
func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = "index.html"
	}
	f := s[name]
	switch {
	case f == nil:
		http.NotFound(w, r)
		return
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only to be read", http.StatusMethodNotAllowed)
		return
	}
	h, data, tag := w.Header(), f.data, f.tag
	if f.gzip != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r) {
			h.Set("Content-Encoding", "gzip")
			data, tag = f.gzip, tag+"-gzip"
		}
	}
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "no-cache") // it may be kept, if it is asked for again by its tag
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// acceptsGzip reports whether r accepts an answer that is compressed.
func acceptsGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.ReplaceAll(coding, " ", ""), ";")
		if strings.EqualFold(name, "gzip") {
			return strings.Trim(weight, "q=0.") != "" || weight == ""
		}
	}
	return false
}

// compile compiles the half of this command that evaluates.
func compile(ctx context.Context, out string) error {
	cmd := goCommand(ctx, "build", "-trimpath", "-ldflags=-s -w", "-o", out, "github.com/firn-lang/firn/cmd/playground")
	cmd.Env = append(cmd.Environ(), "GOOS=js", "GOARCH=wasm")
	_, err := cmd.Output()
	return commandError(err)
}

func goCommand(ctx context.Context, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, "go", args...)
}

// commandError adds what a command said to its error.
func commandError(err error) error {
	if e := (*exec.ExitError)(nil); errors.As(err, &e) {
		return fmt.Errorf("go: %w\n%s", err, bytes.TrimSpace(e.Stderr))
	}
	return err
}
