package eval

// This file defines the world of an evaluation: files, the environment, and what was read of them.

import (
	"context"
	"io/fs"
	"runtime"
	"slices"
	"weak"

	"github.com/firn-lang/firn/eval/world"
)

// A Host is the world of an evaluation; see package world.
type Host = world.Host

// FileInfo, DirEntry and FileType are what a Host says of files, File is one that is open.
type (
	FileInfo = world.FileInfo
	DirEntry = world.DirEntry
	FileType = world.FileType
	File     = world.File
)

// OS returns the files and the environment of the machine. On Windows, /c/x is
// the file C:\x.
func OS() Host { return world.OS() }

// Overlay returns a file system that has the files of all layers. Where several
// have a file of one name, the first one counts; folders are joined. What a layer
// that is not the last one lacks is looked for in the next one.
func Overlay(layers ...fs.FS) fs.FS { return world.Overlay(layers...) }

// A Mount is a file system that some evaluations see beside the files of their
// evaluator, whatever Options.Allowed and Options.Pure say: those with a context that In
// returned. Values that come of such an evaluation see it too, and so do evaluations that
// such a Value is passed to. For all others its folder is not there, and what was
// imported from it is not shared with them.
//
// The files are kept as long as the Mount, such a context or such a Value is referenced.
// A file of the evaluator that is imported by both kinds of evaluations is one: what it
// read of a mount, by naming its folder, it may tell the others.
type Mount struct {
	ev *Evaluator
	m  *world.Mount
}

// Mount makes the files of fsys known to the evaluator. A file system that is equal to one
// that is in use, or the same map or pointer, has the same folder.
func (ev *Evaluator) Mount(fsys fs.FS) *Mount {
	m, isNew := ev.mounts.Mount(fsys)
	if isNew {
		evaluator := weak.Make(ev.core) // which may refer to m
		runtime.AddCleanup(m, func(dir string) {
			if c := evaluator.Value(); c != nil {
				c.ForgetBelow(dir)
			}
		}, m.Dir())
	}
	return &Mount{ev, m}
}

// Dir returns the folder that the files are in, such as "/«fs»/1". It is no secret: only
// evaluations that see the files can use it.
func (m *Mount) Dir() string { return m.m.Dir() }

// In returns ctx as one with which evaluations see the files, and those that functions
// begin within them.
func (m *Mount) In(ctx context.Context) context.Context { return m.m.Scope().In(ctx) }

// Unmount makes the files vanish, also for Values that would still read them. It is for
// a file system that must not be used any more; otherwise nothing has to be done.
func (m *Mount) Unmount() {
	m.m.End()
	m.ev.core.ForgetBelow(m.Dir())
}

// A Read is something that an evaluation read: if all reads are the same, so is the
// value.
type Read = world.Read

// A ReadKind says how something was read.
type ReadKind = world.ReadKind

// Kinds of reads.
const (
	ReadFile   = world.ReadContents // the contents of a file
	ReadDir    = world.ReadListing  // which files a directory has, and their types
	ReadLink   = world.ReadTarget   // where a symbolic link leads
	ReadStat   = world.ReadStat     // whether a path is there, its type, and whether it is executable
	ReadEnv    = world.ReadEnv      // an environment variable
	ReadAbsent = world.ReadAbsent   // a path that is not there
	ReadFailed = world.ReadFailed   // a path that could not be looked at, and why
	ReadStore  = world.ReadStore    // what the store says of a path
	ReadOnce   = world.ReadOnce     // what is different each time, such as the clock
)

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

// A ReadLog is a list of what evaluations read; see WithReads.
type ReadLog = world.Log

// WithReads returns a context with which evaluations write what they read into log too,
// if their evaluator has Options.Record. What was evaluated before, such as a file that
// another evaluation has imported, is not read again, and so not in it: of the first
// evaluation after Forget, log has all reads.
func WithReads(ctx context.Context, log *ReadLog) context.Context { return world.WithLog(ctx, log) }

// Changed returns those of reads that would be different now. Files are read again
// only if their size and times do not tell. It is not an evaluation, and evaluates
// nothing.
func (ev *Evaluator) Changed(ctx context.Context, reads []Read) []Read {
	ctx = ev.mounts.All().In(ctx)
	var out []Read
	if ev.reads != nil {
		out = ev.reads.ChangedOf(ctx, reads)
	} else {
		out = world.Changed(ctx, ev.world, reads)
	}
	return slices.DeleteFunc(out, func(r Read) bool { return r.Kind == ReadStore && ev.sameInStore(ctx, r) })
}
