package daemon

// This file defines the operations of the server that take and give archives.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/wire"
)

// parseMethod reads how an object is hashed, such as "fixed:r:sha256".
func parseMethod(text string) (storepath.Method, nixhash.Algo, error) {
	prefix, rest, _ := strings.Cut(text, ":")
	m := storepath.Flat
	switch prefix {
	case "text":
		m = storepath.Text
	case "fixed":
		for _, tree := range []storepath.Method{storepath.NAR, storepath.Git} {
			if after, ok := strings.CutPrefix(rest, tree.Prefix()); ok {
				m, rest = tree, after
			}
		}
	default:
		return 0, 0, fmt.Errorf("content address method '%s' is not known", text)
	}
	algo, err := nixhash.ParseAlgo(rest)
	return m, algo, err
}

// methodText returns how an object is hashed as parseMethod reads it.
func methodText(m storepath.Method, algo nixhash.Algo) string {
	if m == storepath.Text {
		return "text:" + algo.String()
	}
	return "fixed:" + m.Prefix() + algo.String()
}

// addToStore adds what comes from the client, a file or an archive.
func (c *session) addToStore(ctx context.Context) (func() error, error) {
	if c.r.Version < wire.V(1, 25) {
		return c.addToStoreOld(ctx)
	}
	name, method, refs := c.r.String(), c.r.String(), c.r.Paths()
	repair := c.r.Bool()
	frames := wire.NewFrameReader(c.r)
	if err := c.ready(); err != nil {
		return nil, err
	}
	m, algo, err := parseMethod(method)
	if err == nil && repair && !c.trusted {
		err = errors.New("repairing is not allowed because you are not in 'trusted-users'")
	}
	var path string
	if err == nil {
		path, err = c.add(ctx, name, m, algo, refs, frames)
	}
	if err = c.finish(frames, err); err != nil {
		return nil, err
	}
	return c.added(ctx, path)
}

// added answers with the path info of what was added.
func (c *session) added(ctx context.Context, path string) (func() error, error) {
	info, err := c.store.Info(ctx, path)
	if err != nil {
		return nil, err
	}
	return func() error {
		c.w.String(path)
		c.w.Info(info)
		return nil
	}, nil
}

// add adds what r has.
func (c *session) add(ctx context.Context, name string, m storepath.Method, algo nixhash.Algo, refs []string, r io.Reader) (string, error) {
	if m != storepath.Text {
		path, _, err := c.store.Add(ctx, store.Source{Name: name, Method: m, Algo: algo, References: refs, Reader: r})
		return path, err
	}
	if algo != nixhash.SHA256 {
		return "", fmt.Errorf("text hashing must use SHA-256, but instead using: %s", algo)
	}
	var text bytes.Buffer
	if n, err := io.Copy(&text, io.LimitReader(r, serverLimit+1)); err != nil {
		return "", err
	} else if n > serverLimit {
		return "", fmt.Errorf("text is larger than %d bytes", serverLimit)
	}
	return c.store.AddText(ctx, store.Text{Name: name, Contents: text.String(), References: refs})
}

// addToStoreOld is addToStore for clients before 1.25, which send an archive
// always, and are told the path alone.
func (c *session) addToStoreOld(ctx context.Context) (func() error, error) {
	name, fixed, recursive, algoName := c.r.String(), c.r.Bool(), c.r.Upto(1, "method") == 1, c.r.String()
	if err := c.ready(); err != nil {
		return nil, err
	}
	algo, err := nixhash.SHA256, error(nil)
	if fixed {
		algo, err = nixhash.ParseAlgo(algoName)
	}
	archive := c.inline()
	defer archive.Close()
	var path string
	switch {
	case err != nil:
	case recursive || !fixed:
		path, err = c.add(ctx, name, storepath.NAR, algo, nil, archive)
	default:
		contents := firstFile(archive)
		defer contents.Close()
		path, err = c.add(ctx, name, storepath.Flat, algo, nil, contents)
	}
	if err == nil || !wire.IsInput(err) {
		if _, drainErr := io.Copy(io.Discard, archive); drainErr != nil {
			c.r.Fail(drainErr) // where the next operation begins is not known
		}
	} else {
		c.r.Fail(err)
	}
	return c.text(path), err
}

// inline returns a reader of the archive that is next in the stream. Only what
// belongs to it is read; the caller must read to the end, or an error, and close it.
func (c *session) inline() io.ReadCloser {
	r, w := io.Pipe()
	go func() { w.CloseWithError(wire.Input(nar.Copy(w, c.r.Raw()))) }()
	return r
}

// firstFile returns the contents of the file that an archive is.
func firstFile(archive io.Reader) io.ReadCloser {
	r, w := io.Pipe()
	go func() { w.CloseWithError(nar.Read(archive, &onlyFile{w: w})) }()
	return r
}

// An onlyFile writes the contents of the file that an archive is.
type onlyFile struct{ w io.Writer }

func (*onlyFile) Directory(string) error {
	return errors.New("a file was expected, and not a directory")
}
func (*onlyFile) Symlink(string, string) error {
	return errors.New("a file was expected, and not a symbolic link")
}

func (f *onlyFile) File(_ string, _ bool, _ int64, contents io.Reader) error {
	_, err := io.Copy(f.w, contents)
	return err
}

// finish ends the framed data of an operation that ended with err: the client is
// told of an error at once, since it may have much to send still.
func (c *session) finish(frames *wire.FrameReader, err error) error {
	if c.r.Err() != nil {
		return c.r.Err()
	}
	if err != nil {
		c.fail(err)
		_ = frames.Drain() // whose error is that of c.r
		if c.r.Err() == nil {
			return errTold
		}
		return c.r.Err()
	}
	return frames.Drain()
}

// errTold is the error of an operation of whose error the client was told.
var errTold = errors.New("told")

func (c *session) addText(ctx context.Context) (func() error, error) {
	name, text, refs := c.r.String(), c.r.String(), c.r.Paths()
	if err := c.ready(); err != nil {
		return nil, err
	}
	path, err := c.store.AddText(ctx, store.Text{Name: name, Contents: text, References: refs})
	return c.text(path), err
}

// accept adds an object. Unless the client is trusted and vouches for it, it must
// be content-addressed or signed.
func (c *session) accept(ctx context.Context, info *store.PathInfo, vouched bool, archive io.Reader) error {
	if !c.trusted {
		info.Ultimate, vouched = false, false
	}
	signed := vouched || c.options.Unsigned || c.options.Keys.Count(info.Fingerprint(), info.Signatures) > 0
	if !signed {
		if !info.IsContentAddressed(c.store.Dir()) {
			return fmt.Errorf("cannot add path '%s' because it lacks a signature by a trusted key", info.Path)
		}
		checked := store.CheckContents(info, archive)
		defer checked.Close()
		archive = checked
	}
	return c.store.AddNAR(ctx, info, archive)
}

func (c *session) addNAR(ctx context.Context) (func() error, error) {
	info := c.r.Info(c.r.Path())
	repair, vouched := c.r.Bool(), c.r.Bool()
	if info != nil {
		c.r.CheckSize(info)
	}
	if err := c.ready(); err != nil {
		return nil, err
	}
	var denied error
	if repair && !c.trusted {
		denied = errors.New("repairing is not allowed because you are not in 'trusted-users'")
	}
	if c.r.Version < wire.V(1, 23) {
		return nil, c.addNAROld(ctx, info, vouched, denied)
	}
	frames := wire.NewFrameReader(c.r)
	if denied == nil {
		denied = c.accept(ctx, info, vouched, frames)
	}
	return nil, c.finish(frames, denied)
}

// addNAROld adds an archive of a client before 1.23, which has it in the stream,
// or before that is asked for it, piece by piece.
func (c *session) addNAROld(ctx context.Context, info *store.PathInfo, vouched bool, err error) error {
	if c.r.Version >= wire.V(1, 21) {
		if err == nil {
			err = c.accept(ctx, info, vouched, io.LimitReader(&asking{c: c}, info.NARSize))
		}
		return err
	}
	archive := c.inline()
	defer archive.Close()
	if err == nil {
		err = c.accept(ctx, info, vouched, archive)
	}
	if _, drainErr := io.Copy(io.Discard, archive); drainErr != nil {
		c.r.Fail(drainErr)
	}
	return err
}

// An asking reader asks the client for bytes.
type asking struct {
	c    *session
	rest string // of what the client has sent
}

func (a *asking) Read(b []byte) (int, error) {
	if a.rest == "" {
		a.c.mu.Lock()
		a.c.w.Message(wire.Message{Kind: wire.Want, Size: copySize})
		a.c.mu.Unlock()
		a.c.r.Begin()
		a.rest = a.c.r.String()
		if err := a.c.r.Err(); err != nil {
			return 0, err
		}
		if a.rest == "" {
			return 0, io.EOF
		}
	}
	n := copy(b, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// addMultiple adds objects one behind the other, with references before what
// refers to them.
func (c *session) addMultiple(ctx context.Context) (func() error, error) {
	repair, vouched := c.r.Bool(), c.r.Bool()
	if err := c.ready(); err != nil {
		return nil, err
	}
	frames := wire.NewFrameReader(c.r)
	if repair && !c.trusted {
		return nil, c.finish(frames, errors.New("repairing is not allowed because you are not in 'trusted-users'"))
	}
	r := wire.NewReader(frames, c.store.Dir(), serverLimit)
	r.Version = wire.V(1, 16) // as the format has stayed
	for n := r.Uint64(); n > 0; n-- {
		r.Begin()
		info := r.Info(r.Path())
		if info != nil {
			r.CheckSize(info)
		}
		if err := r.Err(); err != nil {
			return nil, c.finish(frames, err)
		}
		info.Ultimate = false
		archive := io.LimitReader(r.Raw(), info.NARSize)
		if err := c.accept(ctx, info, vouched, archive); err != nil {
			return nil, c.finish(frames, err)
		}
		if _, err := io.Copy(io.Discard, archive); err != nil {
			return nil, c.finish(frames, err)
		}
	}
	return nil, c.finish(frames, r.Err())
}

func (c *session) addBuildLog(ctx context.Context) (func() error, error) {
	name := c.r.String()
	if err := c.ready(); err != nil {
		return nil, err
	}
	drvPath, err := c.store.Dir().Parse(string(c.store.Dir()) + "/" + name)
	frames := wire.NewFrameReader(c.r)
	switch {
	case !c.trusted:
		err = errors.New("you are not privileged to add logs")
	case err != nil:
	case c.options.AddLog == nil:
		err = errors.New("this store keeps no build logs")
	default:
		err = c.options.AddLog(ctx, c.store.Dir().Text(drvPath), frames)
	}
	return c.one, c.finish(frames, err)
}

func (c *session) addSignatures(ctx context.Context) (func() error, error) {
	path, signatures := c.r.Path(), c.r.Strings()
	if err := c.ready(); err != nil {
		return nil, err
	}
	return c.one, c.store.AddSignatures(ctx, path, signatures)
}

// narFromPath sends a bare archive as its answer. Unlike the reference, it says
// that there is none before it says that it follows.
func (c *session) narFromPath(ctx context.Context) (func() error, error) {
	path := c.r.Path()
	if err := c.ready(); err != nil {
		return nil, err
	}
	valid, err := c.store.IsValid(ctx, path)
	if err != nil {
		return nil, err
	}
	if !valid {
		return nil, &store.InvalidPathError{Path: path}
	}
	return func() error {
		return c.store.WriteNAR(ctx, path, c.w.Raw()) // an error ends the connection, for the client counts on the rest
	}, nil
}
