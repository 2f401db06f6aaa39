package world

// This file defines the world that remembers what was read.

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// A ReadKind says how something was read.
type ReadKind string

// Kinds of reads.
const (
	ReadContents ReadKind = "file"      // the contents of a file
	ReadListing  ReadKind = "directory" // which files a directory has, and their types
	ReadTarget   ReadKind = "link"      // where a symbolic link leads
	ReadStat     ReadKind = "stat"      // whether a path is there, its type, and whether it is executable
	ReadEnv      ReadKind = "env"       // an environment variable
	ReadAbsent   ReadKind = "absent"    // a path that is not there
	ReadFailed   ReadKind = "failed"    // a path that could not be looked at; Hash is what failed, and how
	ReadStore    ReadKind = "store"     // what a store says of a path; no Host knows, and Changed takes it to be another
	ReadOnce     ReadKind = "once"      // what is different each time, such as the clock: such a read is never the same
)

// A Read is something that was read: if all reads of an evaluation are the same, so is its value.
// Two reads are the same if Kind, Name and Hash are.
type Read struct {
	Kind ReadKind
	Name string // path, or name of the variable
	// Hash is what was found: of a file the SHA-256 of its contents, of a directory that of its
	// listing, both in hexadecimal digits; the target of a link; of a stat the type, with " x"
	// behind it if the file is executable; the value of a variable; of a failure the operation and
	// the error. "" for a file says that its reading was given up, so that it counts as changed.
	Hash string
	// Stamp is that of the file or directory when it was read; zero if it would not tell that it is
	// the same.
	Stamp Stamp
}

// A readKey is a Read without what may differ between equal ones.
type readKey struct {
	kind       ReadKind
	name, hash string
}

func (r *Read) key() readKey { return readKey{r.Kind, r.Name, r.Hash} }

// Same reports whether other found the same.
func (r Read) Same(other Read) bool { return r.key() == other.key() }

// A Log is a list of reads. It may be used by several goroutines at once; the zero Log is empty.
type Log struct {
	mu   sync.Mutex
	seen map[readKey]Stamp
}

// Reads returns what was read, sorted by name and kind, each once. A file that was read several
// times, and changed meanwhile, is in the list more than once.
func (l *Log) Reads() []Read {
	l.mu.Lock()
	out := make([]Read, 0, len(l.seen))
	for k, stamp := range l.seen {
		out = append(out, Read{k.kind, k.name, k.hash, stamp})
	}
	l.mu.Unlock()
	SortReads(out)
	return out
}

// SortReads sorts reads as Log.Reads returns them.
func SortReads(reads []Read) {
	slices.SortFunc(reads, func(a, b Read) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Hash, b.Hash))
	})
}

// Forget empties the list.
func (l *Log) Forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.seen)
}

// Add adds a read of something that is in no Host, or a ReadOnce. Its name may be memory that the
// caller uses again.
func (l *Log) Add(r Read) { l.add(r) }

// add adds r. Its name may be memory of the caller.
func (l *Log) add(r Read) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if old, known := l.seen[r.key()]; known && (r.Stamp == old || r.Stamp == Stamp{}) {
		return
	}
	if l.seen == nil {
		l.seen = map[readKey]Stamp{}
	}
	r.Name = strings.Clone(r.Name)
	l.seen[r.key()] = r.Stamp
}

// refresh replaces the stamp of a read that was made again and found the same.
func (l *Log) refresh(r Read) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, known := l.seen[r.key()]; known { // and was not forgotten meanwhile
		l.seen[r.key()] = r.Stamp
	}
}

type logKey struct{}

// WithLog returns a context with which a Recorder writes what is read into log too.
func WithLog(ctx context.Context, log *Log) context.Context {
	return context.WithValue(ctx, logKey{}, log)
}

// A Recorder is a world that remembers what was read of another one. Files are hashed while they
// are read. A Recorder may be used by several goroutines at once.
type Recorder struct {
	Log
	host    Host
	ignored []string

	mu  sync.RWMutex
	own map[string]bool // see Ignore
}

// NewRecorder returns a recorder of what is read of host. What is below the ignored directories,
// such as that of the store, is taken to stay as it is and not remembered.
func NewRecorder(host Host, ignored ...string) *Recorder {
	return &Recorder{host: host, ignored: slices.Clone(ignored)}
}

// Ignore forgets, and does not remember from now on, what is read at path, which is clean, and below
// it: for what the reader has made itself, which is the same whenever all else is.
func (r *Recorder) Ignore(path string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.own == nil {
		r.own = map[string]bool{}
	}
	r.own[strings.Clone(path)] = true
}

// AddUnlessOwn is Add for a read of a path, which does not count if Ignore was called for it.
func (r *Recorder) AddUnlessOwn(read Read) {
	if !r.isOwn(read.Name) {
		r.add(read)
	}
}

// isOwn reports whether path is at or below one that Ignore was called with.
func (r *Recorder) isOwn(path string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if len(r.own) == 0 {
		return false
	}
	for i := 1; i < len(path); i++ {
		if path[i] == '/' && r.own[path[:i]] {
			return true
		}
	}
	return r.own[path]
}

// Host returns the world that is recorded.
func (r *Recorder) Host() Host { return r.host }

// Changed returns those of the reads so far that would be different now. It reads files again only
// if their stamps do not tell.
func (r *Recorder) Changed(ctx context.Context) []Read {
	return r.ChangedOf(ctx, r.Reads())
}

// ChangedOf is Changed for other reads than those of the recorder.
func (r *Recorder) ChangedOf(ctx context.Context, reads []Read) []Read {
	return changed(ctx, r.host, reads, r.refresh)
}

// note remembers what op found, that nothing was there, or how op failed.
func (r *Recorder) note(ctx context.Context, op string, read Read, err error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		read = Read{Kind: ReadAbsent, Name: read.Name}
	case err != nil && ctx.Err() != nil: // which may be the reason
		read = Read{Kind: ReadOnce, Name: read.Name}
	case err != nil:
		read = Read{Kind: ReadFailed, Name: read.Name, Hash: op + " " + err.Error()}
	}
	if read.Kind == ReadAbsent && Below(read.Name, MountDir) && !ScopeOf(ctx).has(read.Name) {
		return // it may be there for others, and never comes to be for this evaluation
	}
	if read.Kind != ReadEnv && slices.ContainsFunc(r.ignored, func(dir string) bool { return len(read.Name) > len(dir) && Below(read.Name, dir) }) {
		return
	}
	if read.Kind != ReadEnv && r.isOwn(read.Name) {
		return
	}
	r.add(read)
	if log, ok := ctx.Value(logKey{}).(*Log); ok {
		log.add(read)
	}
}

// Operations of a Host, in the Hash of a ReadFailed.
const (
	opLstat = "lstat"
	opOpen  = "open"
	opRead  = "read"
	opList  = "list"
	opLink  = "link"
)

func (r *Recorder) Lstat(ctx context.Context, path string) (FileInfo, error) {
	info, err := r.host.Lstat(ctx, path)
	r.note(ctx, opLstat, Read{Kind: ReadStat, Name: path, Hash: statText(info)}, err)
	return info, err
}

// statText returns what a ReadStat finds.
func statText(info FileInfo) string {
	if info.Executable {
		return string(info.Type) + " x"
	}
	return string(info.Type)
}

func (r *Recorder) ReadDir(ctx context.Context, path string) ([]DirEntry, error) {
	stamp := dirStamp(r.host.Lstat(ctx, path)) // before: a change while the directory is read is noticed later
	entries, err := r.host.ReadDir(ctx, path)
	r.note(ctx, opList, Read{ReadListing, path, hashListing(entries), stamp}, err)
	return entries, err
}

// hashListing returns the hash of names and types.
func hashListing(entries []DirEntry) string {
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, func(a, b DirEntry) int { return cmp.Compare(a.Name, b.Name) })
	var list []byte
	for _, e := range sorted {
		list = fmt.Appendf(list, "%q %s\n", e.Name, e.Type)
	}
	sum := sha256.Sum256(list)
	return hex.EncodeToString(sum[:])
}

func (r *Recorder) ReadLink(ctx context.Context, path string) (string, error) {
	target, err := r.host.ReadLink(ctx, path)
	r.note(ctx, opLink, Read{Kind: ReadTarget, Name: path, Hash: target}, err)
	return target, err
}

func (r *Recorder) Getenv(ctx context.Context, name string) string {
	value := r.host.Getenv(ctx, name)
	r.note(ctx, "", Read{Kind: ReadEnv, Name: name, Hash: value}, nil)
	return value
}

func (r *Recorder) Open(ctx context.Context, path string) (File, error) {
	f, err := r.host.Open(ctx, path)
	if err != nil {
		r.note(ctx, opOpen, Read{Name: path}, err)
		return nil, err
	}
	return &recordedFile{file: f, recorder: r, ctx: ctx, path: path, stamp: fileStamp(f.Stat()), sum: sha256.New()}, nil
}

// A recordedFile hashes what is read of a file. Once the end was read, or the file is closed, the
// read is noted.
type recordedFile struct {
	file     File
	recorder *Recorder
	ctx      context.Context
	path     string
	stamp    Stamp
	sum      hash.Hash
	read     int64
	done     bool // noted, or failed
}

func (f *recordedFile) Stat() (FileInfo, error) { return f.file.Stat() }

func (f *recordedFile) Read(b []byte) (int, error) {
	n, err := f.file.Read(b)
	if f.done {
		return n, err
	}
	f.sum.Write(b[:n])
	f.read += int64(n)
	if err == io.EOF {
		f.note(hex.EncodeToString(f.sum.Sum(nil)), nil)
	} else if err != nil {
		f.note("", err)
	}
	return n, err
}

// note remembers the hash of the contents, or the error that reading them ended with.
func (f *recordedFile) note(hash string, err error) {
	f.done = true
	f.recorder.note(f.ctx, opRead, Read{ReadContents, f.path, hash, f.stamp}, err)
}

func (f *recordedFile) Close() error {
	f.finish()
	return f.file.Close()
}

// finish reads what the caller did not, up to the size of the file: what was read can be anything
// between nothing and all but the end of the file. If that does not lead to the end, the read has
// no hash.
func (f *recordedFile) finish() {
	if f.done {
		return
	}
	info, err := f.file.Stat()
	if err != nil || f.read > info.Size {
		f.note("", nil)
		return
	}
	buf := make([]byte, min(32<<10, info.Size-f.read+1))
	for f.read <= info.Size && f.ctx.Err() == nil {
		if _, err := f.Read(buf); err != nil {
			break
		}
	}
	if !f.done {
		f.note("", nil)
	}
}
