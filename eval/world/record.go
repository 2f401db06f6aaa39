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
)

// A Read is something that was read: if all reads of an evaluation are the same, so is its value.
// Two reads are the same if Kind, Name and Hash are.
type Read struct {
	Kind ReadKind
	Name string // path, or name of the variable
	// Hash is what was found: of a file the SHA-256 of its contents, of a directory that of its
	// listing, both in hexadecimal digits; the target of a link; of a stat the type, with " x"
	// behind it if the file is executable; the value of a variable. "" for a file says that its
	// reading was given up, so that it counts as changed.
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
	slices.SortFunc(out, func(a, b Read) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Hash, b.Hash))
	})
	return out
}

// Forget empties the list.
func (l *Log) Forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.seen)
}

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
}

// NewRecorder returns a recorder of what is read of host. What is below the ignored directories,
// such as that of the store, is taken to stay as it is and not remembered.
func NewRecorder(host Host, ignored ...string) *Recorder {
	return &Recorder{host: host, ignored: slices.Clone(ignored)}
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

// note remembers what was found, or that nothing was. Other errors are not remembered: they have no
// value that could be compared.
func (r *Recorder) note(ctx context.Context, read Read, err error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		read = Read{Kind: ReadAbsent, Name: read.Name}
	case err != nil:
		return
	}
	if read.Kind == ReadAbsent && Below(read.Name, MountDir) && !ScopeOf(ctx).has(read.Name) {
		return // it may be there for others, and never comes to be for this evaluation
	}
	if read.Kind != ReadEnv && slices.ContainsFunc(r.ignored, func(dir string) bool { return len(read.Name) > len(dir) && Below(read.Name, dir) }) {
		return
	}
	r.add(read)
	if log, ok := ctx.Value(logKey{}).(*Log); ok {
		log.add(read)
	}
}

func (r *Recorder) Lstat(ctx context.Context, path string) (FileInfo, error) {
	info, err := r.host.Lstat(ctx, path)
	r.note(ctx, Read{Kind: ReadStat, Name: path, Hash: statText(info)}, err)
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
	r.note(ctx, Read{ReadListing, path, hashListing(entries), stamp}, err)
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
	r.note(ctx, Read{Kind: ReadTarget, Name: path, Hash: target}, err)
	return target, err
}

func (r *Recorder) Getenv(ctx context.Context, name string) string {
	value := r.host.Getenv(ctx, name)
	r.note(ctx, Read{Kind: ReadEnv, Name: name, Hash: value}, nil)
	return value
}

func (r *Recorder) Open(ctx context.Context, path string) (File, error) {
	f, err := r.host.Open(ctx, path)
	if err != nil {
		r.note(ctx, Read{Name: path}, err)
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
		f.note(hex.EncodeToString(f.sum.Sum(nil)))
	} else if err != nil {
		f.done = true
	}
	return n, err
}

func (f *recordedFile) note(hash string) {
	f.done = true
	f.recorder.note(f.ctx, Read{ReadContents, f.path, hash, f.stamp}, nil)
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
		f.note("")
		return
	}
	buf := make([]byte, min(32<<10, info.Size-f.read+1))
	for f.read <= info.Size && f.ctx.Err() == nil {
		if _, err := f.Read(buf); err != nil {
			break
		}
	}
	if !f.done {
		f.note("")
	}
}
