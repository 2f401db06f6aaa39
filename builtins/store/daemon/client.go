package daemon

// This file defines Store: what is asked of a daemon, and added through it.

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/wire"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/world"
)

// Options say how a daemon is reached.
type Options struct {
	// Dial makes a connection. Close must end what is read from it.
	Dial func(ctx context.Context) (io.ReadWriteCloser, error)
	// Dir is the daemon's store directory, which the protocol does not tell; "" is
	// the usual one.
	Dir storepath.Dir
	// Files has the store's files, if the daemon's are those of this machine; nil
	// if archives are all that can be had.
	Files world.Host
	// Local says that files of the daemon's machine are those of this one, so that
	// roots are made here, with the rights of this process.
	Local bool
	// MaxConnections is how many connections are used at once; 0 is 4.
	MaxConnections int
	// HandshakeTime is how long the daemon may take to begin; 0 is a minute.
	HandshakeTime time.Duration
	// Settings are sent with each connection; nil leaves the daemon's own.
	Settings *wire.Settings
	// Log, if not nil, is handed what the daemon says, from several goroutines.
	Log func(wire.Message)
	// Version is the newest version to speak; 0 is wire.Newest.
	Version wire.Version
}

// A Store is a store that a daemon serves. Connections are made when they are
// needed. An operation whose context ends closes its connection, which ends it at
// the daemon too.
type Store struct {
	o    Options
	room chan struct{} // one item for each connection in use

	mu     sync.Mutex
	idle   []*conn
	closed bool
}

// defaultMax is how many connections are used at once by default. The reference
// has one, and waits for it.
const defaultMax = 4

// New returns the store of a daemon. The caller must close it.
func New(o Options) *Store {
	if o.Dir == "" {
		o.Dir = storepath.DefaultDir
	}
	if o.MaxConnections <= 0 {
		o.MaxConnections = defaultMax
	}
	if o.HandshakeTime <= 0 {
		o.HandshakeTime = defaultHandshake
	}
	if o.Version == 0 {
		o.Version = wire.Newest
	}
	return &Store{o: o, room: make(chan struct{}, o.MaxConnections)}
}

// Close closes all connections that no operation uses; the others are closed once
// it ends.
func (s *Store) Close() error {
	s.mu.Lock()
	idle := s.idle
	s.idle, s.closed = nil, true
	s.mu.Unlock()
	for _, c := range idle {
		c.close()
	}
	return nil
}

// Hello connects if that has not been done, and returns what the daemon said of
// itself: its version, and whether it trusts this client.
func (s *Store) Hello(ctx context.Context) (wire.Hello, error) {
	c, err := s.acquire(ctx)
	if err != nil {
		return wire.Hello{}, err
	}
	h := c.hello
	s.release(c, true)
	return h, nil
}

// Dir implements store.Store.
func (s *Store) Dir() storepath.Dir { return s.o.Dir }

// Files implements store.Store.
func (s *Store) Files() world.Host { return s.o.Files }

// ReadOnly implements store.Store.
func (s *Store) ReadOnly() bool { return false }

// path returns what writes a path, or another string.
func path(p string) func(*wire.Writer) {
	return func(w *wire.Writer) { w.String(p) }
}

// IsValid implements store.Store.
func (s *Store) IsValid(ctx context.Context, p string) (valid bool, err error) {
	if _, err := s.o.Dir.Parse(p); err != nil {
		return false, nil
	}
	err = s.call(ctx, wire.IsValidPath, path(p), func(r *wire.Reader) { valid = r.Bool() })
	return valid, err
}

// check returns the error for a text that is no store path, which the daemon would
// answer by closing the connection.
func (s *Store) check(p string) error {
	if _, err := s.o.Dir.Parse(p); err != nil {
		return &store.InvalidPathError{Path: p}
	}
	return nil
}

// Info implements store.Store.
func (s *Store) Info(ctx context.Context, p string) (*store.PathInfo, error) {
	if err := s.check(p); err != nil {
		return nil, err
	}
	var info *store.PathInfo
	err := s.call(ctx, wire.QueryPathInfo, path(p), func(r *wire.Reader) {
		if r.Bool() {
			info = r.Info(p)
		}
	})
	if err == nil && info == nil {
		err = &store.InvalidPathError{Path: p}
	}
	return info, err
}

// References implements store.Store.
func (s *Store) References(ctx context.Context, p string) ([]string, error) {
	info, err := s.Info(ctx, p)
	if err != nil {
		return nil, err
	}
	return info.References, nil
}

// Referrers implements store.Store. The reference's daemon says that nothing
// refers to a path that is not valid, so an empty answer is looked at twice.
func (s *Store) Referrers(ctx context.Context, p string) ([]string, error) {
	list, err := s.paths(ctx, wire.QueryReferrers, p)
	if err != nil || len(list) > 0 {
		return list, err
	}
	valid, err := s.IsValid(ctx, p)
	if err == nil && !valid {
		err = &store.InvalidPathError{Path: p}
	}
	return nil, err
}

// Derivers implements store.Store.
func (s *Store) Derivers(ctx context.Context, p string) ([]string, error) {
	return s.paths(ctx, wire.QueryValidDerivers, p)
}

// paths does an operation that returns paths for a path.
func (s *Store) paths(ctx context.Context, op wire.Op, p string) (list []string, err error) {
	if err := s.check(p); err != nil {
		return nil, err
	}
	err = s.call(ctx, op, path(p), func(r *wire.Reader) { list = r.Paths() })
	return list, err
}

// Complete implements store.Store.
func (s *Store) Complete(ctx context.Context, hashPart string) (p string, err error) {
	err = s.call(ctx, wire.QueryPathFromHashPart, path(hashPart), func(r *wire.Reader) { p = r.OptionalPath() })
	return p, err
}

// Paths implements store.Store. The daemon sends all of them before the first is
// yielded.
func (s *Store) Paths(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		var list []string
		err := s.call(ctx, wire.QueryAllValidPaths, nil, func(r *wire.Reader) { list = r.Paths() })
		if err != nil {
			yield("", err)
			return
		}
		for _, p := range list {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// WriteNAR implements store.Store.
func (s *Store) WriteNAR(ctx context.Context, p string, w io.Writer) error {
	if err := s.check(p); err != nil {
		return err
	}
	// The reference's daemon begins an archive that it does not have, and then fails.
	if valid, err := s.IsValid(ctx, p); err != nil {
		return err
	} else if !valid {
		return &store.InvalidPathError{Path: p}
	}
	return s.call(ctx, wire.NarFromPath, path(p), func(r *wire.Reader) {
		if err := nar.Copy(w, r.Raw()); err != nil {
			r.Fail(&archiveError{p, err})
		}
	})
}

// An archiveError is the error of an archive that came only in part.
type archiveError struct {
	path string
	err  error
}

func (e *archiveError) Error() string {
	return fmt.Sprintf("reading the archive of '%s': %v", e.path, e.err)
}
func (e *archiveError) Unwrap() error { return e.err }

// AddText implements store.Store.
func (s *Store) AddText(ctx context.Context, text store.Text) (string, error) {
	p, _, err := text.Resolve(s.o.Dir)
	if err != nil {
		return "", err
	}
	if valid, err := s.keep(ctx, p); valid || err != nil {
		return p, err
	}
	if err := budget.Charge(text.Budget, len(text.Contents)); err != nil {
		return "", err
	}
	h, err := s.Hello(ctx)
	if err != nil {
		return "", err
	}
	if h.Version < wire.V(1, 25) {
		err = s.call(ctx, wire.AddTextToStore, func(w *wire.Writer) {
			w.String(text.Name)
			w.String(text.Contents)
			w.Strings(text.References)
		}, func(r *wire.Reader) { p = r.Path() })
		return p, err
	}
	made, err := s.addBytes(ctx, text.Name, methodText(storepath.Text, nixhash.SHA256), text.References, func(w io.Writer) error {
		_, err := io.WriteString(w, text.Contents)
		return err
	})
	if err == nil && made.Path != p {
		return "", fmt.Errorf("the daemon has put '%s' at '%s'", p, made.Path)
	}
	return p, err
}

// keep keeps a path from being collected, and reports whether it is valid: in
// this order, so that what is valid stays so.
func (s *Store) keep(ctx context.Context, p string) (bool, error) {
	if err := s.AddTempRoot(ctx, p); err != nil {
		return false, err
	}
	return s.IsValid(ctx, p)
}

// addBytes sends what send writes, and returns what has become of it.
func (s *Store) addBytes(ctx context.Context, name, method string, refs []string, send func(io.Writer) error) (*store.PathInfo, error) {
	var info *store.PathInfo
	err := s.upload(ctx, wire.AddToStore, func(w *wire.Writer) {
		w.String(name)
		w.String(method)
		w.Strings(refs)
		w.Bool(false)
	}, send, func(r *wire.Reader) { info = r.Info(r.Path()) })
	return info, err
}

// Add implements store.Store. Files of a world are hashed here, and sent only if
// the daemon has them not; what comes from a reader is sent at once.
func (s *Store) Add(ctx context.Context, src store.Source) (string, nixhash.Hash, error) {
	if src.Algo == 0 {
		src.Algo = nixhash.SHA256
	}
	if src.Method.String() == "" {
		return "", nixhash.Hash{}, errors.New("unknown method")
	}
	if src.Reader == nil {
		p, h, err := src.Resolve(ctx, s.o.Dir)
		if err != nil {
			return p, h, err
		}
		if valid, err := s.keep(ctx, p); valid || err != nil {
			return p, h, err
		}
	}
	h, err := s.Hello(ctx)
	if err != nil {
		return "", nixhash.Hash{}, err
	}
	if h.Version < wire.V(1, 25) {
		return s.addOld(ctx, src)
	}
	info, err := s.addBytes(ctx, src.Name, methodText(src.Method, src.Algo), src.References, func(w io.Writer) error {
		return writeSource(ctx, &src, w)
	})
	if err != nil {
		return "", nixhash.Hash{}, err
	}
	return info.Path, info.CA.Hash, nil
}

// addOld adds what a daemon before 1.25 would want in another form: as an object
// that is known already.
func (s *Store) addOld(ctx context.Context, src store.Source) (string, nixhash.Hash, error) {
	info, archive, err := Object(ctx, s.o.Dir, src)
	if err != nil {
		return "", nixhash.Hash{}, err
	}
	defer archive.Close()
	return info.Path, info.CA.Hash, s.AddNAR(ctx, info, archive)
}

// writeSource writes what src is: the bytes of a file, or an archive.
func writeSource(ctx context.Context, src *store.Source, w io.Writer) error {
	if src.Reader != nil {
		_, err := io.CopyBuffer(w, budget.Reader(src.Budget, src.Reader), make([]byte, copySize))
		return err
	}
	files := nar.Within(src.Budget, store.Files(ctx, src.Host))
	if src.Method != storepath.Flat {
		return nar.Write(w, files, src.Path, src.Filter)
	}
	f, err := files.Open(src.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.CopyBuffer(w, f, make([]byte, copySize))
	return err
}

// Object returns the path info of what src would become in a store in dir, and
// the archive of it, which the caller must close. What comes from a reader is kept
// in memory.
func Object(ctx context.Context, dir storepath.Dir, src store.Source) (*store.PathInfo, io.ReadCloser, error) {
	var data bytes.Buffer
	file := src
	if file.Method == storepath.Text {
		file.Method = storepath.Flat // which is hashed alike
	}
	h, err := file.Read(ctx, &data)
	if err != nil {
		return nil, nil, err
	}
	p, err := dir.MakeFixed(src.Name, src.Method, h, storepath.References{Paths: src.References})
	if err != nil {
		return nil, nil, err
	}
	if src.Method == storepath.Flat || src.Method == storepath.Text {
		data = *bytes.NewBuffer(flatNAR(data.Bytes()))
	} else if err := nar.Read(bytes.NewReader(data.Bytes()), anything{}); err != nil {
		return nil, nil, err
	}
	return &store.PathInfo{
		Path:       dir.Text(p),
		NARHash:    nixhash.Sum(nixhash.SHA256, data.Bytes()),
		NARSize:    int64(data.Len()),
		References: src.References,
		CA:         store.ContentAddress{Method: src.Method, Hash: h},
	}, io.NopCloser(&data), nil
}

// flatNAR returns the archive of a file that is not executable.
func flatNAR(data []byte) []byte {
	var out bytes.Buffer
	w := wire.NewWriter(&out)
	for _, word := range []string{"nix-archive-1", "(", "type", "regular", "contents", string(data), ")"} {
		w.String(word)
	}
	_ = w.Flush() // to memory
	return out.Bytes()
}

// anything is a nar.Visitor that accepts everything.
type anything struct{}

func (anything) Directory(string) error                    { return nil }
func (anything) Symlink(string, string) error              { return nil }
func (anything) File(string, bool, int64, io.Reader) error { return nil }

// AddAll implements store.Store.
func (s *Store) AddAll(ctx context.Context, objects []store.Object) ([]string, error) {
	return store.AddEach(ctx, s, objects)
}

// AddNAR implements store.Store. It asks the daemon not to look at signatures,
// which it grants to clients that it trusts.
func (s *Store) AddNAR(ctx context.Context, info *store.PathInfo, archive io.Reader) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if _, err := s.o.Dir.Parse(info.Path); err != nil {
		return err
	}
	h, err := s.Hello(ctx)
	if err != nil {
		return err
	}
	args := func(w *wire.Writer) {
		w.String(info.Path)
		w.Info(info)
		w.Bool(false)
		w.Bool(true)
	}
	if h.Version < wire.V(1, 23) {
		if valid, err := s.keep(ctx, info.Path); valid || err != nil {
			return err
		}
		return s.addNAROld(ctx, args, archive)
	}
	return s.upload(ctx, wire.AddToStoreNar, args, func(w io.Writer) error {
		_, err := io.CopyBuffer(w, archive, make([]byte, copySize))
		return err
	}, nil)
}

// addNAROld is AddNAR for daemons before 1.23, which ask for the archive in
// pieces, or before 1.21 expect it behind the arguments.
func (s *Store) addNAROld(ctx context.Context, args func(*wire.Writer), r io.Reader) error {
	archive := bufio.NewReaderSize(r, copySize)
	c, err := s.acquire(ctx)
	if err != nil {
		return err
	}
	err = s.watched(ctx, c, func() error {
		c.w.Uint64(uint64(wire.AddToStoreNar))
		args(c.w)
		if c.hello.Version < wire.V(1, 21) {
			// The daemon finds the end by itself, so the archive must have one.
			err := nar.Copy(c.w.Raw(), archive)
			if _, more := archive.ReadByte(); err == nil && more != io.EOF {
				err = errors.New("the archive goes on behind its end")
			}
			if err != nil {
				c.r.Fail(err)
				return err
			}
		}
		if err := c.w.Flush(); err != nil {
			return err
		}
		buf := make([]byte, copySize)
		return c.r.Answer(s.o.Log, func(n uint64) error {
			k, err := io.ReadFull(archive, buf[:min(n, copySize)])
			if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
				return err
			}
			c.w.String(string(buf[:k]))
			return c.w.Flush()
		})
	})
	s.release(c, c.good(err))
	return err
}

// AddSignatures implements store.Store.
func (s *Store) AddSignatures(ctx context.Context, p string, signatures []string) error {
	if err := s.check(p); err != nil {
		return err
	}
	return s.call(ctx, wire.AddSignatures, func(w *wire.Writer) {
		w.String(p)
		w.Strings(signatures)
	}, one)
}

// one reads the 1 that stands for success.
func one(r *wire.Reader) { _ = r.Uint64() }

// AddTempRoot implements store.Store. The path is kept while the connection that
// was used lasts, which is mostly as long as the Store.
func (s *Store) AddTempRoot(ctx context.Context, p string) error {
	if _, err := s.o.Dir.Parse(p); err != nil {
		return err
	}
	return s.call(ctx, wire.AddTempRoot, path(p), one)
}

// AddLog gives the daemon the log of building a derivation.
func (s *Store) AddLog(ctx context.Context, drvPath string, log io.Reader) error {
	h, err := s.Hello(ctx)
	if err != nil {
		return err
	}
	if h.Version < wire.V(1, 32) {
		return errors.New("the daemon is too old to keep build logs that others have")
	}
	args := func(w *wire.Writer) { w.String(drvPath[strings.LastIndexByte(drvPath, '/')+1:]) }
	return s.upload(ctx, wire.AddBuildLog, args, func(w io.Writer) error {
		_, err := io.CopyBuffer(w, log, make([]byte, copySize))
		return err
	}, one)
}

// Substitute lets the daemon fetch those of paths that are not valid, from where it fetches.
func (s *Store) Substitute(ctx context.Context, paths []string) error {
	return s.call(ctx, wire.QueryValidPaths, func(w *wire.Writer) {
		w.Strings(paths)
		if w.Version >= wire.V(1, 27) {
			w.Bool(true)
		}
	}, func(r *wire.Reader) { _ = r.Paths() })
}

// Missing returns what the daemon would have to build or fetch for targets to be valid.
func (s *Store) Missing(ctx context.Context, targets []store.Target) (*store.Missing, error) {
	var m store.Missing
	err := s.call(ctx, wire.QueryMissing, func(w *wire.Writer) { w.Strings(targetTexts(targets)) }, func(r *wire.Reader) {
		m = store.Missing{Build: r.Paths(), Fetch: r.Paths(), Unknown: r.Paths()}
		m.Download, m.Unpacked = int64(r.Upto(math.MaxInt64, "size")), int64(r.Upto(math.MaxInt64, "size"))
	})
	return &m, err
}

// Realise makes targets valid: the daemon fetches and builds what is missing.
// The mode says what it does with outputs that are valid already.
func (s *Store) Realise(ctx context.Context, targets []store.Target, mode wire.BuildMode) error {
	return s.call(ctx, wire.BuildPaths, func(w *wire.Writer) {
		w.Strings(targetTexts(targets))
		w.Uint64(uint64(mode))
	}, one)
}

// Builder implements store.Store: the daemon builds, or says that it cannot.
func (s *Store) Builder() store.Builder { return builder{s} }

type builder struct{ s *Store }

// Build implements store.Builder.
func (b builder) Build(ctx context.Context, drvPath string, outputs []string) error {
	return b.s.Realise(ctx, []store.Target{{Path: drvPath, Built: true, Outputs: outputs}}, wire.BuildNormal)
}
