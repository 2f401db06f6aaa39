// Package cache is the store that lies in a binary cache: in a folder (file://),
// on a server (http:// and https://) or in a bucket of S3 (s3://).
//
//	Open     a Store, by its URL and the URL's parameters
//	Store    the store.Store; it also has logs, listings and realisations
//	Info     what a cache says of itself
//
// Nothing is sent but by the client that Options has. Opening sends nothing.
// Archives stream: reading and writing take memory for a compression's window, and
// none for the size of an object. What a cache says is checked where it is read:
// an archive has the hash and the size that its NAR info file has, or is an error.
// Whether that file is to be believed is the caller's to check, by its signatures.
//
// Answers of a cache, also that it lacks a path, are remembered as long as the
// Store is, for some minutes each.
package cache

// This file defines Store, and what it reads.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/compression"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/narinfo"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/world"
)

const narinfoSuffix = ".narinfo"

// A Store is a binary cache as a store. Make one with Open.
type Store struct {
	files files
	uri   string // without parameters
	dir   storepath.Dir

	method   compression.Method
	options  compression.Options
	keys     []signature.SecretKey
	trusted  bool
	listings bool
	debug    bool
	priority *int  // nil lets the cache say it
	mass     *bool // nil lets the cache say it

	mu      sync.Mutex
	info    *Info // nil until it is asked for
	answers map[string]answer
}

// An answer is what a cache said of a hash part.
type answer struct {
	info *narinfo.Info // nil if there is nothing
	at   time.Time
}

// How long answers count, and how many are kept.
const (
	answerTime = 5 * time.Minute
	maxAnswers = 1 << 16
)

// URI returns the URL of the cache, without parameters.
func (s *Store) URI() string { return s.uri }

// Trusted reports whether the URL has trusted=1, so that no signatures are wanted.
func (s *Store) Trusted() bool { return s.trusted }

// Info returns what is known of a path.
func (s *Store) Info(ctx context.Context, path string) (*store.PathInfo, error) {
	info, err := s.NARInfo(ctx, path)
	if err != nil {
		return nil, err
	}
	return &info.PathInfo, nil
}

// CacheInfo returns what the cache says of itself, with what the parameters of
// its URL say instead. One that is for another store directory is an error; one
// that says nothing is for any.
func (s *Store) CacheInfo(ctx context.Context) (Info, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.info == nil {
		text, err := s.read(ctx, infoName, maxInfo)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return Info{}, err
		}
		absent := err != nil
		info, err := ParseInfo(text)
		if err != nil {
			return Info{}, err
		}
		if info.StoreDir != "" && info.StoreDir != string(s.dir) {
			return Info{}, fmt.Errorf("binary cache '%s' is for Nix stores with prefix '%s', not '%s'", s.uri, info.StoreDir, s.dir)
		}
		info.Absent = absent
		if s.priority != nil {
			info.Priority = *s.priority
		}
		if s.mass != nil {
			info.WantMassQuery = *s.mass
		}
		s.info = &info
	}
	return *s.info, nil
}

// read returns a file as a text. More than limit bytes are an error.
func (s *Store) read(ctx context.Context, name string, limit int64) (string, error) {
	r, err := s.files.open(ctx, name, false)
	if err != nil {
		return "", err
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(store.WithContext(ctx, r), limit+1))
	if err == nil && int64(len(text)) > limit {
		err = fmt.Errorf("file '%s' of binary cache '%s' is larger than %d bytes", name, s.uri, limit)
	}
	return string(text), err
}

// Dir implements store.Store.
func (s *Store) Dir() storepath.Dir { return s.dir }

// ReadOnly implements store.Store. Whether a server takes files shows when it is
// sent one.
func (s *Store) ReadOnly() bool { return false }

// Builder implements store.Store: caches are what others fetch from.
func (s *Store) Builder() store.Builder { return nil }

// Keeper implements store.Store.
func (s *Store) Keeper() store.Keeper { return nil }

// Files implements store.Store: a cache has archives only.
func (s *Store) Files() world.Host { return nil }

// AddTempRoot implements store.Store: nothing here is collected.
func (s *Store) AddTempRoot(context.Context, string) error { return nil }

// lookup returns the NAR info file of a hash part; nil if there is none.
func (s *Store) lookup(ctx context.Context, hashPart string) (*narinfo.Info, error) {
	s.mu.Lock()
	a, known := s.answers[hashPart]
	s.mu.Unlock()
	if known && time.Since(a.at) < answerTime {
		return a.info, nil
	}
	if _, err := s.CacheInfo(ctx); err != nil {
		return nil, err
	}
	name, asked := hashPart+narinfoSuffix, time.Now()
	text, err := s.read(ctx, name, narinfo.MaxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return s.remember(hashPart, nil, asked), nil
	} else if err != nil {
		return nil, err
	}
	info, err := narinfo.Parse(s.dir, name, text)
	if err != nil {
		return nil, err
	}
	if p, err := s.dir.Parse(info.Path); err != nil || p.Hash() != hashPart {
		info = nil // it is about another path
	}
	return s.remember(hashPart, info, asked), nil
}

// remember keeps an answer to what was asked at a time, and returns it; or a newer
// answer, such as what was written meanwhile.
func (s *Store) remember(hashPart string, info *narinfo.Info, asked time.Time) *narinfo.Info {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a, known := s.answers[hashPart]; known && a.at.After(asked) {
		return a.info
	}
	if len(s.answers) >= maxAnswers {
		clear(s.answers)
	}
	s.answers[strings.Clone(hashPart)] = answer{info, time.Now()}
	return info
}

// Forget lets the cache be asked again about a path.
func (s *Store) Forget(path string) {
	if p, err := s.dir.Parse(path); err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.answers, p.Hash())
	}
}

// find returns the NAR info file of a path, which callers must not modify; nil if
// the path is not valid.
func (s *Store) find(ctx context.Context, path string) (*narinfo.Info, error) {
	p, err := s.dir.Parse(path)
	if err != nil {
		return nil, nil
	}
	info, err := s.lookup(ctx, p.Hash())
	if err != nil || info == nil || info.Path != s.dir.Text(p) {
		return nil, err
	}
	return info, nil
}

// valid is find with an error for a path that is not valid.
func (s *Store) valid(ctx context.Context, path string) (*narinfo.Info, error) {
	info, err := s.find(ctx, path)
	if err == nil && info == nil {
		err = &store.InvalidPathError{Path: strings.Clone(path)}
	}
	return info, err
}

// NARInfo returns what the NAR info file of a path says. Callers may modify it.
func (s *Store) NARInfo(ctx context.Context, path string) (*narinfo.Info, error) {
	info, err := s.valid(ctx, path)
	if err != nil {
		return nil, err
	}
	own := *info
	own.References, own.Signatures = slices.Clone(info.References), slices.Clone(info.Signatures)
	return &own, nil
}

// IsValid implements store.Store.
func (s *Store) IsValid(ctx context.Context, path string) (bool, error) {
	info, err := s.find(ctx, path)
	return info != nil, err
}

// References implements store.Store.
func (s *Store) References(ctx context.Context, path string) ([]string, error) {
	info, err := s.valid(ctx, path)
	if err != nil {
		return nil, err
	}
	return info.References, nil
}

// Complete implements store.Store.
func (s *Store) Complete(ctx context.Context, hashPart string) (string, error) {
	info, err := s.lookup(ctx, hashPart)
	if err != nil || info == nil {
		return "", err
	}
	return info.Path, nil
}

// all yields the NAR info files; store.ErrNoList if they cannot be listed.
func (s *Store) all(ctx context.Context) iter.Seq2[*narinfo.Info, error] {
	return func(yield func(*narinfo.Info, error) bool) {
		names, err := s.files.narinfos(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, name := range names {
			info, err := s.lookup(ctx, strings.TrimSuffix(name, narinfoSuffix))
			if err == nil && info == nil {
				continue // gone meanwhile
			}
			if !yield(info, err) || err != nil {
				return
			}
		}
	}
}

// Paths implements store.Store. Servers do not list what they have.
func (s *Store) Paths(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for info, err := range s.all(ctx) {
			path := ""
			if err == nil {
				path = info.Path
			}
			if !yield(path, err) {
				return
			}
		}
	}
}

// Referrers implements store.Store.
func (s *Store) Referrers(ctx context.Context, path string) ([]string, error) {
	if _, err := s.valid(ctx, path); err != nil {
		return nil, err
	}
	var out []string
	for info, err := range s.all(ctx) {
		if err != nil {
			return nil, err
		}
		if slices.Contains(info.References, path) {
			out = append(out, info.Path)
		}
	}
	slices.Sort(out)
	return out, nil
}

// Derivers implements store.Store. It reads all derivations.
func (s *Store) Derivers(ctx context.Context, path string) ([]string, error) {
	var out []string
	for info, err := range s.all(ctx) {
		if err != nil {
			return nil, err
		}
		if !strings.HasSuffix(info.Path, storepath.DrvExtension) {
			continue
		}
		var text oneFile
		r := store.OpenNAR(ctx, s, info.Path)
		err := nar.Read(r, &text)
		r.Close()
		if err != nil {
			return nil, err
		}
		d, err := drv.ParseFile(s.dir, info.Path, string(text))
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(d.Outputs, func(o drv.Output) bool { return o.Path == path }) {
			out = append(out, info.Path)
		}
	}
	slices.Sort(out)
	return out, nil
}

// maxDerivation is how large a derivation may be, in bytes.
const maxDerivation = 64 << 20

// A oneFile is the text of an archive that is one file.
type oneFile []byte

var errNoFile = errors.New("the object is no file")

func (o *oneFile) Directory(string) error       { return errNoFile }
func (o *oneFile) Symlink(string, string) error { return errNoFile }

func (o *oneFile) File(_ string, _ bool, size int64, contents io.Reader) error {
	if size > maxDerivation {
		return fmt.Errorf("a file of %d bytes is no derivation", size)
	}
	text, err := io.ReadAll(contents)
	*o = text
	return err
}

// archive checks the URL of an archive, which must not lead out of the cache.
func archive(info *narinfo.Info) error {
	name, _, _ := strings.Cut(info.URL, "?")
	switch {
	case strings.HasPrefix(name, "/"):
		return fmt.Errorf("the URL '%s' of '%s' must not be absolute", info.URL, info.Path)
	case slices.ContainsFunc(strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '\\' }), func(part string) bool {
		return part == "." || part == ".." || strings.EqualFold(part, "%2e%2e")
	}):
		return fmt.Errorf("the URL '%s' of '%s' must not contain '..' or '.' segments", info.URL, info.Path)
	case strings.Contains(name, "://"):
		return fmt.Errorf("the URL '%s' of '%s' leads out of the binary cache", info.URL, info.Path)
	}
	return nil
}

// WriteNAR implements store.Store. The archive is checked. If the cache has no
// such archive, its NAR info file is asked for again, once.
func (s *Store) WriteNAR(ctx context.Context, path string, w io.Writer) error {
	for again := false; ; again = true {
		info, err := s.valid(ctx, path)
		if err != nil {
			return err
		}
		if err := archive(info); err != nil {
			return err
		}
		packed, err := s.files.open(ctx, info.URL, true)
		if errors.Is(err, fs.ErrNotExist) {
			s.Forget(path)
			if !again {
				continue
			}
			return fmt.Errorf("file '%s' does not exist in binary cache '%s'", info.URL, s.uri)
		} else if err != nil {
			return err
		}
		defer packed.Close()
		r, err := compression.NewReader(compression.Method(info.Compression), packed, info.NARSize)
		if err != nil {
			return fmt.Errorf("cannot read the archive of '%s': %w", path, err)
		}
		defer r.Close()
		_, err = io.Copy(w, store.CheckNAR(ctx, &info.PathInfo, r))
		if err != nil {
			s.Forget(path)
		}
		return err
	}
}
