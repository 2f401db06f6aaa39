package fetch

// This file defines how what is at a URL becomes an object of the cache.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/fetch/treefile"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/world"
)

type treeWriter = *treefile.Writer

// A source is a URL whose bytes become an object.
type source struct {
	kind   string // "file" or "tree"
	url    string
	header map[string]string
	want   nixhash.Hash // of the object, if that is known; otherwise the zero one
}

// place returns what the note about s is called. Answers to requests with a token are
// not those to requests without.
func (s *source) place() string {
	p := s.kind + " " + s.url
	if len(s.header) > 0 {
		p += " with a token"
	}
	return p
}

// fetch returns the note about the object of s, which is fetched unless the cache has it:
// by its hash, or by a note that is young enough, or that the server confirms. Where a
// server fails and the cache has an older object, that is used, with a warning.
func (f *Fetcher) fetch(ctx context.Context, s source, env *Env) (note, error) {
	place := s.place()
	done, err := f.alone(ctx, place)
	if err != nil {
		return note{}, err
	}
	defer done()

	old := f.cache.note(place)
	file, err := localPath(s.url, env.Warn)
	if err != nil {
		return note{}, err
	}
	if s.want.Algo != 0 {
		name := objectName(s.kind, s.want)
		if old != nil && old.Object == name && file == "" {
			return *old, nil
		}
		if n := f.cache.note("tree " + s.want.String()); s.kind == "tree" && n != nil && file == "" {
			return *n, nil
		}
		if s.kind == "file" && f.cache.has(name) && file == "" {
			return note{Place: place, Object: name, URL: s.url}, nil
		}
	}
	if file != "" {
		return f.fetchLocal(ctx, s, file, old, env)
	}
	if old != nil && env.Now().Sub(time.Unix(old.Checked, 0)) < env.TTL {
		return *old, nil
	}
	if f.opt.HTTP == nil {
		return note{}, &OfflineError{URL: s.url}
	}
	req := &Request{URL: s.url, Header: s.header, Warn: env.Warn}
	if old != nil {
		req.Validator, req.Modified = old.ETag, old.Modified
	}
	res, err := f.opt.HTTP.Get(ctx, req)
	if err != nil {
		if old == nil || ctx.Err() != nil {
			return note{}, err
		}
		env.Warn("%s; using cached version", err)
		return *old, nil
	}
	defer res.Body.Close()
	if res.NotModified && old != nil {
		old.Checked = env.Now().Unix()
		f.cache.setNote(*old)
		return *old, nil
	}
	n, err := f.take(ctx, s, res.Body, env)
	if err != nil {
		return note{}, err
	}
	n.ETag, n.Modified, n.Immutable, n.Checked = res.ETag, res.Modified, res.Immutable, env.Now().Unix()
	urls := append([]string{s.url}, res.URLs...)
	n.URL = urls[len(urls)-1]
	for _, url := range urls {
		at := s
		at.url = url
		n.Place = at.place()
		f.cache.setNote(n)
	}
	return n, nil
}

// take makes an object of what r holds, and a note with its name.
func (f *Fetcher) take(ctx context.Context, s source, r io.Reader, env *Env) (note, error) {
	if s.kind == "tree" {
		n, err := f.unpack(ctx, r, env)
		if err != nil {
			return n, unpackError(ctx, s.url, err)
		}
		return n, nil
	}
	o, hash, err := f.cache.addFile(ctx, env.Budget, r)
	return note{Object: objectName("file", hash), file: &o}, err
}

// unpackError says of which URL the archive cannot be unpacked. Errors of the transfer,
// limits and interruptions stay as they are.
func unpackError(ctx context.Context, url string, err error) error {
	var coded interface{ ErrorCode() string }
	if ctx.Err() != nil || errors.As(err, &coded) && coded.ErrorCode() != "file" {
		return err
	}
	var status *StatusError
	var offline *OfflineError
	if errors.As(err, &status) || errors.As(err, &offline) {
		return err
	}
	return &UnpackError{URL: url, Err: err}
}

// An UnpackError says that an archive cannot be unpacked.
type UnpackError struct {
	URL string
	Err error
}

func (e *UnpackError) Error() string { return fmt.Sprintf("cannot unpack '%s': %v", e.URL, e.Err) }

// Unwrap returns the reason.
func (e *UnpackError) Unwrap() error { return e.Err }

// ErrorCode returns the code that evaluators give the error.
func (e *UnpackError) ErrorCode() string { return "fetch" }

// localPath returns the path that a URL with the scheme file has, links not followed; ""
// for other URLs. A path that is not absolute is returned as it is.
func localPath(url string, warn flakeref.Warner) (string, error) {
	u, err := flakeref.ParseURL(url, false, warn)
	if err != nil {
		return "", err
	}
	switch u.Scheme {
	case "http", "https":
		return "", nil
	case "file":
	default:
		return "", &UnsupportedError{url}
	}
	file, err := u.FilePath()
	if err != nil || !strings.HasPrefix(file, "/") {
		return file, err
	}
	return path.Clean(file), nil
}

// fetchLocal makes an object of a file of the world. The note about it holds as long as
// the file seems to be the same.
func (f *Fetcher) fetchLocal(ctx context.Context, s source, file string, old *note, env *Env) (note, error) {
	if !strings.HasPrefix(file, "/") {
		return note{}, relativeError(s)
	}
	file, err := world.NewLinks(env.Host).Resolve(ctx, env.Budget, file, false)
	if err != nil {
		return note{}, err
	}
	info, err := env.Host.Lstat(ctx, file)
	if err != nil {
		return note{}, localError(s, file, err)
	}
	if info.Type == world.Directory && s.kind == "tree" {
		return note{}, folderError(ctx, file, env)
	}
	version := ""
	if !info.ModTime.IsZero() && env.Now().Sub(info.ModTime) > 2*time.Second {
		// A change right after the reading could leave size and time as they are.
		version = strings.Join([]string{
			strconv.FormatInt(info.Size, 10), strconv.FormatInt(info.ModTime.UnixNano(), 10),
			strconv.FormatUint(info.ID.Inode, 10), strconv.FormatInt(info.ID.Changed, 10),
		}, " ")
		if old != nil && old.Modified == version {
			return *old, nil
		}
	}
	r, err := env.Host.Open(ctx, file)
	if err != nil {
		return note{}, localError(s, file, err)
	}
	defer r.Close()
	n, err := f.take(ctx, s, r, env)
	if err != nil {
		return note{}, err
	}
	n.URL, n.Modified, n.Checked = s.url, version, env.Now().Unix()
	n.Place = s.place()
	if version != "" {
		f.cache.setNote(n)
	}
	return n, nil
}

// The words about files of this machine are those of the reference, which reads file:
// URLs with curl: 3 and 37 are its error codes.

func relativeError(s source) error {
	if s.kind == "tree" {
		return fileErrorf("tarball '%s' must use an absolute path. The 'file' scheme does not support relative paths.", s.url)
	}
	return fileErrorf("unable to download '%s': URL using bad/illegal format or missing URL (3) URL rejected: Port number was not a decimal number between 0 and 65535", s.url)
}

func localError(s source, file string, err error) error {
	var forbidden *world.ForbiddenError
	switch {
	case errors.As(err, &forbidden):
		return forbidden
	case errors.Is(err, fs.ErrNotExist) && s.kind == "tree":
		return &MissingFileError{FileError{fmt.Sprintf("tarball %q does not exist.", file), err}}
	case errors.Is(err, fs.ErrNotExist):
		return &MissingFileError{FileError{fmt.Sprintf("unable to download '%s': Could not read a file:// file (37) Could not open file %s", s.url, file), err}}
	}
	return &FileError{fmt.Sprintf("unable to download '%s': %s", s.url, store.PathError(err, file)), err}
}

func folderError(ctx context.Context, file string, env *Env) error {
	if _, err := env.Host.Lstat(ctx, file+"/.git"); err == nil {
		return fileErrorf("tarball %q is a git repository, not a tarball. Please use `git+file` as the scheme.", file)
	}
	return fileErrorf("tarball %q is a directory, not a file.", file)
}

// A FileError says that a file cannot be fetched.
type FileError struct {
	text string
	err  error
}

func fileErrorf(format string, args ...any) error {
	return &FileError{text: fmt.Sprintf(format, args...)}
}

func (e *FileError) Error() string { return e.text }

// Unwrap returns the cause; nil if there is none.
func (e *FileError) Unwrap() error { return e.err }

// ErrorCode returns the code that evaluators give the error.
func (e *FileError) ErrorCode() string { return "fetch" }

// A MissingFileError says that a file of this machine is not there.
type MissingFileError struct{ FileError }

// ErrorCode returns the code that evaluators give the error.
func (e *MissingFileError) ErrorCode() string { return "missing-file" }

// A File is a file that was fetched: a world that is nothing but that file, at "/".
type File struct {
	world.Host
	Hash nixhash.Hash // SHA-256 of its bytes
	URL  string       // where redirects led to
}

// File returns the file at a URL. want is the hash of it that is expected, which saves a
// download, and is not compared; the zero one if nothing is.
func (f *Fetcher) File(ctx context.Context, url string, want nixhash.Hash, env *Env) (*File, error) {
	return f.file(ctx, source{kind: "file", url: url, want: want}, f.fill(env))
}

func (f *Fetcher) file(ctx context.Context, s source, env *Env) (*File, error) {
	n, err := f.fetch(ctx, s, env)
	if err != nil {
		return nil, err
	}
	hash, err := objectHash(n.Object)
	if err != nil {
		return nil, err
	}
	if n.file == nil {
		if n.file, err = f.cache.wholeFile(ctx, n.Object); err != nil {
			return nil, err
		}
		if n.file == nil {
			env.Warn("the copy of '%s' in the cache is damaged; it is fetched again", s.url)
			again, err := f.fetch(ctx, s, env)
			if err != nil {
				return nil, err
			}
			if again.file == nil {
				return nil, fileErrorf("the copy of '%s' in the cache is damaged, and another process has made another one", s.url)
			}
			n = again
			if hash, err = objectHash(n.Object); err != nil {
				return nil, err
			}
		}
	}
	return &File{Host: single{*n.file}, Hash: hash, URL: n.URL}, nil
}

// text returns what is at a URL, if that is at most limit bytes.
func (f *Fetcher) text(ctx context.Context, url string, header map[string]string, limit int64, env *Env) ([]byte, error) {
	file, err := f.file(ctx, source{kind: "file", url: url, header: header}, env)
	if err != nil {
		return nil, err
	}
	data, err := world.ReadFile(ctx, file, "/", limit)
	if errors.Is(err, world.ErrTooLarge) {
		return nil, fileErrorf("the answer of '%s' is too long", url)
	}
	return data, err
}

// single is a world with one file, at "/".
type single struct{ object }

func (s single) info() world.FileInfo { return world.FileInfo{Type: world.Regular, Size: s.size} }

func (s single) check(op, p string) error {
	if p != "/" {
		return &fs.PathError{Op: op, Path: p, Err: fs.ErrNotExist}
	}
	return nil
}

func (s single) Lstat(_ context.Context, p string) (world.FileInfo, error) {
	return s.info(), s.check("lstat", p)
}

func (s single) Open(_ context.Context, p string) (world.File, error) {
	return world.NewFile(io.NewSectionReader(s, 0, s.size), s.info()), s.check("open", p)
}

func (s single) ReadDir(_ context.Context, p string) ([]world.DirEntry, error) {
	return nil, &fs.PathError{Op: "readdir", Path: p, Err: errors.New("not a directory")}
}

func (s single) ReadLink(_ context.Context, p string) (string, error) {
	return "", &fs.PathError{Op: "readlink", Path: p, Err: fs.ErrInvalid}
}

func (s single) Getenv(context.Context, string) string { return "" }
