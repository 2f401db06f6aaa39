package eval

// This file defines the world of an evaluation: files, the environment, and what was read of them.

import (
	"context"
	"io/fs"

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

// Changed returns those of reads that would be different now. Files are read again
// only if their size and times do not tell. It is not an evaluation, and evaluates
// nothing.
func (ev *Evaluator) Changed(ctx context.Context, reads []Read) []Read {
	if ev.reads != nil {
		return ev.reads.ChangedOf(ctx, reads)
	}
	return world.Changed(ctx, ev.world, reads)
}
