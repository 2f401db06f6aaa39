package store

// This file defines Copy: closures from one store to another.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// A Copying says how Copy copies. The zero one copies without looking at
// signatures.
type Copying struct {
	// Keys are trusted. If they are not nil, a path needs a signature by one of
	// them, or contents that its path follows from, which are then checked.
	Keys signature.Keys
	// Workers is how many paths are copied at once; 0 is 4. Each takes the memory
	// of one archive's buffers and compression.
	Workers int
	// Alone copies the paths that are given without what they refer to.
	Alone bool
	// Start, if not nil, is called with what will be copied, before anything is.
	Start func(infos []*PathInfo)
	// Path, if not nil, is called when the first byte of a path's archive is read; from is
	// the name of the store that a Substituter takes it from, otherwise "". Progress, if
	// not nil, is called while paths are copied. Both are called by one goroutine at a
	// time.
	Path     func(path, from string)
	Progress func(Progress)
}

// A Progress is how far a Copy is.
type Progress struct {
	Paths, AllPaths int
	Bytes, AllBytes int64 // of archives, uncompressed
}

// ErrUnsigned is the error of a path that is not trusted.
var ErrUnsigned = errors.New("lacks a signature by a trusted key")

// maxQueries is how many paths are asked about at once. An answer is small, and a
// server far away.
const maxQueries = 16

// Copy copies paths, and everything that they refer to, from one store to another,
// those that the other has not. A path is copied after what it refers to, so that
// what the other store has is whole at any time, also after an error. It returns
// the paths that were copied, sorted.
func Copy(ctx context.Context, to, from Store, paths []string, how Copying) ([]string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	c := &copying{Copying: how, ctx: ctx, cancel: cancel, to: to, from: from, infos: map[string]*PathInfo{}}
	if err := c.missing(paths); err != nil {
		return nil, err
	}
	for _, info := range c.infos {
		c.done.AllPaths++
		c.done.AllBytes += info.NARSize
	}
	order, err := c.order()
	if err != nil {
		return nil, err
	}
	if how.Start != nil {
		how.Start(slices.Clone(order))
	}
	if err := c.run(order); err != nil {
		return nil, err
	}
	copied := make([]string, len(order))
	for i, info := range order {
		copied[i] = info.Path
	}
	slices.Sort(copied)
	return copied, nil
}

// A copying is one call of Copy.
type copying struct {
	Copying
	ctx      context.Context
	cancel   context.CancelCauseFunc
	to, from Store

	mu    sync.Mutex           // guards what follows
	infos map[string]*PathInfo // of the paths to copy; nil for those that need not be
	done  Progress
}

// missing finds the paths to copy: paths, and what they refer to, without what is
// valid already, and so has all that it refers to.
func (c *copying) missing(paths []string) error {
	var wg sync.WaitGroup
	slots := make(chan struct{}, maxQueries)
	var visit func(path string)
	visit = func(path string) {
		c.mu.Lock()
		_, seen := c.infos[path]
		if !seen {
			c.infos[path] = nil
		}
		c.mu.Unlock()
		if seen {
			return
		}
		wg.Go(func() {
			slots <- struct{}{}
			info, err := c.query(path)
			<-slots
			if err != nil {
				c.cancel(err)
			}
			if info == nil {
				return
			}
			c.mu.Lock()
			c.infos[path] = info
			c.mu.Unlock()
			if !c.Alone {
				for _, ref := range info.References {
					visit(ref)
				}
			}
		})
	}
	for _, path := range paths {
		visit(path)
	}
	wg.Wait()
	for path, info := range c.infos {
		if info == nil {
			delete(c.infos, path)
		}
	}
	return context.Cause(c.ctx)
}

// query returns what is known of a path; nil if it need not be copied.
func (c *copying) query(path string) (*PathInfo, error) {
	if c.ctx.Err() != nil {
		return nil, nil
	}
	if valid, err := c.to.IsValid(c.ctx, path); valid || err != nil {
		return nil, err
	}
	info, err := c.from.Info(c.ctx, path)
	if err != nil {
		return nil, err
	}
	if info.Path != path {
		return nil, fmt.Errorf("the store knows '%s' as '%s'", path, info.Path)
	}
	info.Ultimate = false
	return info, nil
}

// trust returns an error for a path that is not to be copied.
func (c *copying) trust(info *PathInfo) error {
	if c.Keys == nil || c.follows(info) || c.Keys.Count(info.Fingerprint(), info.Signatures) > 0 {
		return nil
	}
	return fmt.Errorf("cannot add path '%s' because it %w", info.Path, ErrUnsigned)
}

// follows reports whether a path follows from contents that CheckContents can
// check. It cannot where the hash leaves out the path's own references.
func (c *copying) follows(info *PathInfo) bool {
	return info.IsContentAddressed(c.to.Dir()) && !slices.Contains(info.References, info.Path)
}

// order returns what to copy, references first.
func (c *copying) order() ([]*PathInfo, error) {
	var out []*PathInfo
	refs := map[string]int{} // how many references are not in out
	referrers := map[string][]string{}
	var ready []string
	for path, info := range c.infos {
		for _, ref := range info.References {
			if ref != path && c.infos[ref] != nil {
				refs[path]++
				referrers[ref] = append(referrers[ref], path)
			}
		}
		if refs[path] == 0 {
			ready = append(ready, path)
		}
	}
	slices.Sort(ready)
	for i := 0; i < len(ready); i++ {
		out = append(out, c.infos[ready[i]])
		slices.Sort(referrers[ready[i]])
		for _, path := range referrers[ready[i]] {
			if refs[path]--; refs[path] == 0 {
				ready = append(ready, path)
			}
		}
	}
	if len(out) < len(c.infos) {
		return nil, errors.New("the references of the paths to be copied form a cycle")
	}
	return out, nil
}

// run copies what is in order, several at once, each after what it refers to.
func (c *copying) run(order []*PathInfo) error {
	const defaultWorkers = 4
	workers := c.Workers
	if workers <= 0 {
		workers = defaultWorkers
	}
	finished := make(map[string]chan struct{}, len(order)) // closed when a path is copied
	for _, info := range order {
		finished[info.Path] = make(chan struct{})
	}
	next := make(chan *PathInfo)
	var wg sync.WaitGroup
	for range min(workers, len(order)) {
		wg.Go(func() {
			for info := range next {
				if err := c.one(info, finished); err != nil {
					c.cancel(err)
					return
				}
				close(finished[info.Path])
			}
		})
	}
send:
	for _, info := range order {
		select {
		case next <- info:
		case <-c.ctx.Done():
			break send
		}
	}
	close(next)
	wg.Wait()
	return context.Cause(c.ctx)
}

// one copies a path, once all that it refers to is copied.
func (c *copying) one(info *PathInfo, finished map[string]chan struct{}) error {
	for _, ref := range info.References {
		if done := finished[ref]; done != nil && ref != info.Path {
			select {
			case <-done:
			case <-c.ctx.Done():
				return context.Cause(c.ctx)
			}
		}
	}
	if err := c.trust(info); err != nil {
		return err
	}
	r := OpenNAR(c.ctx, c.from, info.Path)
	defer r.Close()
	var in io.Reader = &counted{r: r, c: c, path: info.Path}
	if c.Keys != nil && c.Keys.Count(info.Fingerprint(), info.Signatures) == 0 {
		checked := CheckContents(info, in)
		defer checked.Close()
		in = checked
	}
	if err := c.to.AddNAR(c.ctx, info, in); err != nil {
		return err
	}
	c.tell(1, 0)
	return nil
}

// tell reports progress.
func (c *copying) tell(paths int, bytes int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done.Paths += paths
	c.done.Bytes += bytes
	if c.Progress != nil {
		c.Progress(c.done)
	}
}

// A counted tells of what is read.
type counted struct {
	r    io.Reader
	c    *copying
	path string // of which nothing has been read; then ""
}

func (r *counted) Read(p []byte) (int, error) {
	if r.path != "" && r.c.Path != nil {
		r.c.mu.Lock()
		r.c.Path(r.path, "")
		r.c.mu.Unlock()
	}
	r.path = ""
	n, err := r.r.Read(p)
	if n > 0 {
		r.c.tell(0, int64(n))
	}
	return n, err
}

// CheckContents returns r, the archive of a content-addressed object, as it is
// read by a store that has no other reason to trust it: it ends with an error in
// place of io.EOF if info.CA is that of other contents. The caller must close it.
func CheckContents(info *PathInfo, r io.Reader) io.ReadCloser {
	ca := info.CA
	if ca.Method == storepath.NAR && ca.Hash == info.NARHash {
		return io.NopCloser(r) // which the store checks
	}
	hash := nixhash.NewHasher(ca.Hash.Algo)
	c := &checkedCA{r: r, info: info, to: hash, result: hash.Result}
	var v nar.Visitor = fileHasher{hash}
	switch ca.Method {
	case storepath.NAR:
		return c
	case storepath.Git:
		git := nar.NewGitHasher(ca.Hash.Algo, nil)
		v, c.result = git, git.Result
	}
	in, out := io.Pipe()
	c.to, c.parse, c.parsed = out, out, make(chan error, 1)
	go func() {
		err := nar.Read(in, v)
		_, _ = io.Copy(io.Discard, in) // what is behind the archive is the store's matter
		c.parsed <- err
	}()
	return c
}

// A checkedCA is an archive whose contents are hashed while it is read.
type checkedCA struct {
	r      io.Reader
	info   *PathInfo
	to     io.Writer           // takes the archive: the hash, or parse
	result func() nixhash.Hash // of the contents; to be called at the end
	parse  *io.PipeWriter      // to what takes files out of the archive; nil if its own bytes are hashed
	parsed chan error          // of parse
	end    error               // of what was read to its end; nil before
}

func (c *checkedCA) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if n > 0 {
		if _, err := c.to.Write(p[:n]); err != nil {
			return n, err
		}
	}
	if err == io.EOF {
		if c.end == nil {
			c.end = c.check()
		}
		err = c.end
	}
	return n, err
}

// check returns io.EOF if the contents are right.
func (c *checkedCA) check() error {
	if c.parse != nil {
		c.parse.Close()
		if err := <-c.parsed; err != nil {
			return err
		}
	}
	if got := c.result(); got != c.info.CA.Hash {
		return fmt.Errorf("ca hash mismatch importing path '%s';\n  specified: %s\n  got:       %s", c.info.Path,
			c.info.CA.Hash.Prefixed(nixhash.Nix32), got.Prefixed(nixhash.Nix32))
	}
	return io.EOF
}

// Close implements io.Closer.
func (c *checkedCA) Close() error {
	if c.parse != nil {
		return c.parse.Close()
	}
	return nil
}

// A fileHasher is a nar.Visitor that hashes the one file of an archive.
type fileHasher struct{ h io.Writer }

var errNoFile = errors.New("the contents of the path are not those of one file")

func (fileHasher) Directory(string) error       { return errNoFile }
func (fileHasher) Symlink(string, string) error { return errNoFile }

func (f fileHasher) File(_ string, executable bool, _ int64, contents io.Reader) error {
	if executable {
		return errNoFile
	}
	_, err := io.Copy(f.h, contents)
	return err
}
