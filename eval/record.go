package eval

// This file defines the list of what evaluations read.

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
)

// A ReadKind says how something was read.
type ReadKind string

// Kinds of reads.
const (
	ReadFile   ReadKind = "file"      // its contents
	ReadDir    ReadKind = "directory" // which files it has, and their types
	ReadLink   ReadKind = "link"      // where it leads
	ReadStat   ReadKind = "stat"      // whether it is there, its type, and whether it is executable
	ReadEnv    ReadKind = "env"       // an environment variable
	ReadAbsent ReadKind = "absent"    // a path that is not there
)

// A Read is something that an evaluation read: if all reads are the same, so is the
// value.
type Read struct {
	Kind ReadKind
	Name string // path or name of the variable
	// Hash is what was found: of a file the SHA-256 of its contents, of a
	// directory that of its listing, both in hexadecimal digits; the target of a
	// link; of a stat the type, with an x behind it if it is executable; the
	// value of a variable.
	Hash string
}

// Reads returns what all evaluations so far, or since Forget, have read, sorted by
// name and kind, each once, if Options.Record is set. What is evaluated once, such
// as imported files, counts for every evaluation that uses it; so for the reads of
// one program alone, give it an Evaluator.
//
// A file that was read several times, and changed meanwhile, is in the list more
// than once.
func (ev *Evaluator) Reads() []Read {
	if ev.reads == nil {
		return nil
	}
	return ev.reads.Reads()
}

// Changed returns those of reads that would be different now. It is not an
// evaluation, and evaluates nothing.
func (ev *Evaluator) Changed(ctx context.Context, reads []Read) []Read {
	return changed(ctx, ev.world, reads)
}

func changed(ctx context.Context, host Host, reads []Read) []Read {
	var out []Read
	for _, r := range reads {
		if now := reread(ctx, host, r); now != r {
			out = append(out, r)
		}
	}
	return out
}

// reread reads again what r read.
func reread(ctx context.Context, host Host, r Read) Read {
	rec := NewRecorder(host)
	switch r.Kind {
	case ReadFile:
		_, _ = rec.ReadFile(ctx, r.Name)
	case ReadDir:
		_, _ = rec.ReadDir(ctx, r.Name)
	case ReadLink:
		_, _ = rec.ReadLink(ctx, r.Name)
	case ReadEnv:
		_ = rec.Getenv(ctx, r.Name)
	default:
		_, _ = rec.Lstat(ctx, r.Name)
	}
	for now := range rec.seen {
		return now
	}
	return Read{}
}

// A Recorder is a world that remembers what was read of it, for those who make
// evaluators themselves; others have Options.Record. It may be used by several
// goroutines at once.
type Recorder struct {
	Host
	mu   sync.Mutex
	seen map[Read]bool
}

// NewRecorder returns a Recorder of what is read of a world.
func NewRecorder(host Host) *Recorder { return &Recorder{Host: host, seen: map[Read]bool{}} }

// Reads returns what was read, sorted by name and kind, each once; see
// Evaluator.Reads.
func (r *Recorder) Reads() []Read {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]Read, 0, len(r.seen))
	for r := range r.seen {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Read) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Hash, b.Hash))
	})
	return out
}

// Changed returns those of reads that would be different now.
func (r *Recorder) Changed(ctx context.Context, reads []Read) []Read {
	return changed(ctx, r.Host, reads)
}

// Forget forgets what was read.
func (r *Recorder) Forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.seen)
}

// add remembers what was found, or that nothing was.
func (r *Recorder) add(kind ReadKind, name, found string, err error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		kind, found = ReadAbsent, ""
	case err != nil:
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen[Read{kind, name, found}] = true
}

func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Lstat implements Host.
func (r *Recorder) Lstat(ctx context.Context, path string) (FileInfo, error) {
	info, err := r.Host.Lstat(ctx, path)
	found := string(info.Type)
	if info.Executable {
		found += " x"
	}
	r.add(ReadStat, path, found, err)
	return info, err
}

// ReadFile implements Host.
func (r *Recorder) ReadFile(ctx context.Context, path string) ([]byte, error) {
	text, err := r.Host.ReadFile(ctx, path)
	r.add(ReadFile, path, hashOf(text), err)
	return text, err
}

// ReadDir implements Host.
func (r *Recorder) ReadDir(ctx context.Context, path string) ([]DirEntry, error) {
	entries, err := r.Host.ReadDir(ctx, path)
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, func(a, b DirEntry) int { return cmp.Compare(a.Name, b.Name) })
	var list []byte
	for _, e := range sorted {
		list = fmt.Appendf(list, "%q %s\n", e.Name, e.Type)
	}
	r.add(ReadDir, path, hashOf(list), err)
	return entries, err
}

// ReadLink implements Host.
func (r *Recorder) ReadLink(ctx context.Context, path string) (string, error) {
	target, err := r.Host.ReadLink(ctx, path)
	r.add(ReadLink, path, target, err)
	return target, err
}

// Getenv implements Host.
func (r *Recorder) Getenv(ctx context.Context, name string) string {
	value := r.Host.Getenv(ctx, name)
	r.add(ReadEnv, name, value, nil)
	return value
}
