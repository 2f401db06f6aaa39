package cache

// This file defines what a Store writes.

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/compression"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nar/listing"
	"github.com/firn-lang/firn/builtins/store/narinfo"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
)

// put writes a file.
func (s *Store) put(ctx context.Context, name, contentType string, r io.Reader) error {
	u, err := s.files.create(ctx)
	if err != nil {
		return err
	}
	defer u.abort()
	if _, err := io.Copy(u, store.WithContext(ctx, r)); err != nil {
		return err
	}
	return u.commit(ctx, name, contentType)
}

// Init makes the cache, if there is none.
func (s *Store) Init(ctx context.Context) error { return s.begin(ctx) }

// begin makes sure that the cache says what it is, before something is written.
func (s *Store) begin(ctx context.Context) error {
	info, err := s.CacheInfo(ctx)
	if err != nil || info.StoreDir != "" {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.info.StoreDir == "" {
		if err := s.put(ctx, infoName, "text/x-nix-cache-info", strings.NewReader("StoreDir: "+string(s.dir)+"\n")); err != nil {
			return err
		}
		s.info.StoreDir, s.info.Absent = string(s.dir), false
	}
	return nil
}

// references checks that what an object refers to is valid.
func (s *Store) references(ctx context.Context, info *store.PathInfo) error {
	err := store.CheckReferences(ctx, s, info)
	var missing *store.MissingReferenceError
	if errors.As(err, &missing) {
		return &referenceError{missing}
	}
	return err
}

// A referenceError is a store.MissingReferenceError in the words for binary caches.
type referenceError struct{ *store.MissingReferenceError }

func (e *referenceError) Error() string {
	return fmt.Sprintf("cannot add '%s' to the binary cache because the reference '%s' is not valid", e.Path, e.Missing.Path)
}

// AddAll implements store.Store.
func (s *Store) AddAll(ctx context.Context, objects []store.Object) ([]string, error) {
	return store.AddEach(ctx, s, objects)
}

// AddNAR implements store.Store.
func (s *Store) AddNAR(ctx context.Context, info *store.PathInfo, r io.Reader) error {
	if _, err := s.dir.Parse(info.Path); err != nil {
		return err
	}
	if valid, err := s.IsValid(ctx, info.Path); valid || err != nil {
		return err
	}
	return s.add(ctx, info, store.CheckNAR(ctx, info, r))
}

// add compresses an archive while it reads it, and writes it, and then what
// describes it. Hash and size of the archive may be missing in info; they are
// those of what is read then.
func (s *Store) add(ctx context.Context, info *store.PathInfo, r io.Reader) error {
	if err := s.begin(ctx); err != nil {
		return err
	}
	u, err := s.files.create(ctx)
	if err != nil {
		return err
	}
	defer u.abort()
	packed := nixhash.NewHasher(nixhash.SHA256)
	o := s.options
	o.Size = info.NARSize
	z, err := compression.NewWriter(s.method, io.MultiWriter(u, packed), o)
	if err != nil {
		return err
	}
	own := narinfo.Info{PathInfo: *info, Compression: string(s.method)}
	var tee io.Writer = z
	var hash *nixhash.Hasher
	if info.NARHash.Algo == 0 {
		hash = nixhash.NewHasher(nixhash.SHA256)
		tee = io.MultiWriter(z, hash)
	}
	list := &listing.Builder{}
	var visitor nar.Visitor = list
	if !s.listings && !s.debug {
		visitor = anything{}
	}
	br := bufio.NewReaderSize(io.TeeReader(r, tee), 64<<10)
	if err := nar.Read(br, visitor); err != nil {
		return err
	}
	if n, err := io.Copy(io.Discard, br); err != nil {
		return err
	} else if n > 0 {
		return fmt.Errorf("archive of '%s' has %d bytes behind its end", info.Path, n)
	}
	if err := z.Close(); err != nil {
		return err
	}
	if err := s.references(ctx, info); err != nil {
		return err
	}
	if hash != nil {
		own.NARHash, own.NARSize = hash.Result(), hash.Len()
	}
	own.FileHash, own.FileSize = packed.Result(), packed.Len()
	own.URL = "nar/" + own.FileHash.Text(nixhash.Nix32) + ".nar" + s.method.Suffix()
	own.References, own.Signatures = slices.Clone(info.References), slices.Clone(info.Signatures)
	if err := u.commit(ctx, own.URL, "application/x-nix-nar"); err != nil {
		return err
	}
	if err := s.describe(ctx, &own, list.Root()); err != nil {
		return err
	}
	return s.publish(ctx, &own)
}

// anything is a nar.Visitor that takes what it is told.
type anything struct{}

func (anything) Directory(string) error                    { return nil }
func (anything) Symlink(string, string) error              { return nil }
func (anything) File(string, bool, int64, io.Reader) error { return nil }

// describe writes the listing of an archive, and the index of debug information
// in it, if they are wanted.
func (s *Store) describe(ctx context.Context, info *narinfo.Info, root *listing.Entry) error {
	if s.listings {
		text, err := root.File()
		if err != nil {
			return err
		}
		p, err := s.dir.Parse(info.Path)
		if err != nil {
			return err
		}
		if err := s.put(ctx, p.Hash()+".ls", "application/json", bytes.NewReader(text)); err != nil {
			return err
		}
	}
	if !s.debug {
		return nil
	}
	const ids = "lib/debug/.build-id"
	if dirs := root.Lookup(ids); dirs != nil {
		for _, dir := range dirs.Entries {
			for _, file := range dir.Entries {
				id, isDebug := strings.CutSuffix(dir.Name+file.Name, ".debug")
				if !isDebug || file.Kind != nar.Regular {
					continue
				}
				text, err := json.Marshal(struct {
					Archive string `json:"archive"`
					Member  string `json:"member"`
				}{"../" + info.URL, path.Join(ids, dir.Name, file.Name)})
				if err != nil {
					return err
				}
				if err := s.put(ctx, "debuginfo/"+id+".debug", "application/json", bytes.NewReader(text)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// publish signs a NAR info file and writes it, which makes the path valid.
func (s *Store) publish(ctx context.Context, info *narinfo.Info) error {
	for _, key := range s.keys {
		info.Signatures = append(info.Signatures, key.Sign(info.Fingerprint()))
	}
	slices.Sort(info.Signatures)
	info.Signatures = slices.Compact(info.Signatures)
	text, err := info.Append(nil, s.dir)
	if err != nil {
		return err
	}
	p, err := s.dir.Parse(info.Path)
	if err != nil {
		return err
	}
	if err := s.put(ctx, p.Hash()+narinfoSuffix, "text/x-nix-narinfo", bytes.NewReader(text)); err != nil {
		return err
	}
	own := *info
	own.Ultimate = false
	s.remember(p.Hash(), &own, time.Now())
	return nil
}

// AddSignatures implements store.Store. Of two that add at once, one may lose:
// a cache has no locks.
func (s *Store) AddSignatures(ctx context.Context, path string, signatures []string) error {
	info, err := s.NARInfo(ctx, path)
	if err != nil {
		return err
	}
	info.Signatures = append(info.Signatures, signatures...)
	return s.publish(ctx, info)
}

// A single is the nar.FS of one file.
type single struct {
	size int64
	open func() io.ReadCloser
}

func (f single) Lstat(string) (nar.Info, error)     { return nar.Info{Size: f.size}, nil }
func (f single) ReadDir(string) ([]string, error)   { return nil, errNoFile }
func (f single) ReadLink(string) (string, error)    { return "", errNoFile }
func (f single) Open(string) (io.ReadCloser, error) { return f.open(), nil }

// addFiles adds what is at path in files, unless the object is valid.
func (s *Store) addFiles(ctx context.Context, info *store.PathInfo, files nar.FS, path string, filter nar.Filter) error {
	if valid, err := s.IsValid(ctx, info.Path); valid || err != nil {
		return err
	}
	r, w := io.Pipe()
	defer r.Close()
	go func() { w.CloseWithError(nar.Write(w, files, path, filter)) }()
	return s.add(ctx, info, store.WithContext(ctx, r))
}

// AddText implements store.Store.
func (s *Store) AddText(ctx context.Context, text store.Text) (string, error) {
	path, h, err := text.Resolve(s.dir)
	if err != nil {
		return "", err
	}
	if h.Algo == 0 {
		h = nixhash.Sum(nixhash.SHA256, []byte(text.Contents))
	}
	info := &store.PathInfo{Path: path, References: text.References, CA: store.ContentAddress{Method: storepath.Text, Hash: h}}
	file := single{int64(len(text.Contents)), func() io.ReadCloser { return io.NopCloser(strings.NewReader(text.Contents)) }}
	return path, s.addFiles(ctx, info, file, "", nil)
}

// Add implements store.Store. Files are read twice: first for the path. What
// comes from a reader is kept in memory, or in a temporary file if it is large.
func (s *Store) Add(ctx context.Context, src store.Source) (string, nixhash.Hash, error) {
	var kept *webFile
	if in := src.Reader; in != nil {
		kept = newSpool()
		defer kept.abort()
		src.Reader = io.TeeReader(in, kept)
	}
	path, h, err := src.Resolve(ctx, s.dir)
	if err != nil {
		return "", h, err
	}
	info := &store.PathInfo{Path: path, References: src.References, CA: store.ContentAddress{Method: src.Method, Hash: h}}
	switch {
	case kept == nil:
		err = s.addFiles(ctx, info, nar.Within(src.Budget, store.Files(ctx, src.Host)), src.Path, src.Filter)
	case src.Method == storepath.Flat:
		err = s.addFiles(ctx, info, single{kept.size, func() io.ReadCloser { return io.NopCloser(kept.body()) }}, "", nil)
	default:
		var valid bool
		if valid, err = s.IsValid(ctx, path); !valid && err == nil {
			err = s.add(ctx, info, budget.Reader(src.Budget, kept.body()))
		}
	}
	return path, h, err
}

// maxLog is how large a log may be that is read, in bytes.
const maxLog = 1 << 30

// Log returns the log of building a derivation; fs.ErrNotExist if there is none.
// The caller must close it.
func (s *Store) Log(ctx context.Context, drvPath string) (io.ReadCloser, error) {
	p, err := s.dir.Parse(drvPath)
	if err != nil {
		return nil, err
	}
	r, err := s.files.open(ctx, "log/"+string(p), false)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, maxLog), r}, nil
}

// AddLog adds the log of building a derivation.
func (s *Store) AddLog(ctx context.Context, drvPath string, log io.Reader) error {
	p, err := s.dir.Parse(drvPath)
	if err != nil {
		return err
	}
	if err := s.begin(ctx); err != nil {
		return err
	}
	return s.put(ctx, "log/"+string(p), "text/plain; charset=utf-8", log)
}

// Listing returns what the archive of a path has in it: from the listing that the
// cache has, or from the archive.
func (s *Store) Listing(ctx context.Context, path string) (*listing.Entry, error) {
	info, err := s.valid(ctx, path)
	if err != nil {
		return nil, err
	}
	p, err := s.dir.Parse(info.Path)
	if err != nil {
		return nil, err
	}
	const maxListing = 256 << 20
	if text, err := s.read(ctx, p.Hash()+".ls", maxListing); err == nil {
		if root, err := listing.ParseFile([]byte(text)); err == nil {
			return root, nil
		}
	}
	r := store.OpenNAR(ctx, s, info.Path)
	defer r.Close()
	return listing.Read(r)
}
