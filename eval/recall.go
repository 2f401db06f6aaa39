package eval

// This file defines results that are kept on the disk, with what they depended on.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firn-lang/firn/eval/memo"
	"github.com/firn-lang/firn/eval/world"
)

// A Recalled is a result that an earlier evaluation came to, in this process or another one.
type Recalled struct {
	Result []byte // as Keep got it
	// Messages are what that evaluation wrote to Options.Messages, or said by Trace and Warn, as lines
	// for Options.Messages. They are not written again unless the caller does.
	Messages []string
}

// Recall returns the result that Keep kept by this key, if Options.Cache is set and an evaluation now
// would come to the same; nil if there is none. Nothing is evaluated: all that the evaluation has
// read is compared with what is there, files by their number, size and times where these can be
// relied on, and by their contents otherwise.
//
// key has to tell all that the result depends on, and the evaluator cannot know: the program or
// its file, what is done with the value, and what Options.Functions do beyond their names. The options
// of the evaluator are part of the key, and so is the program that runs.
//
// It is for one evaluation at its beginning: whether what it imports was changed later is not asked.
func (ev *Evaluator) Recall(ctx context.Context, key string) *Recalled {
	if ev.cache == nil || ev.options == "" {
		return nil
	}
	name := memo.KeyOf(ev.options, key)
	e := ev.cache.Get(name)
	if e == nil {
		return nil
	}
	files := make([]Read, 0, len(e.Reads))
	for _, r := range e.Reads {
		if r.Kind != world.ReadStore {
			files = append(files, r)
		} else if !ev.sameInStore(ctx, r) {
			return nil
		}
	}
	ctx = ev.mounts.All().In(ctx)
	same, refreshed := world.Unchanged(ctx, ev.world, files)
	if !same {
		return nil
	}
	if refreshed {
		for _, r := range e.Reads {
			if r.Kind == world.ReadStore {
				files = append(files, r)
			}
		}
		world.SortReads(files)
		ev.cache.Put(name, &memo.Entry{Result: e.Result, Messages: e.Messages, Reads: files})
	}
	return &Recalled{Result: e.Result, Messages: e.Messages}
}

// Keep keeps a result for Recall. It counts as one of all evaluations so far, or since Forget: it
// depends on all that they have read. It reports whether the result was kept. It is not
// if Options.Cache is nil, or an evaluation has used what is different each time: the clock, a tree
// whose hash was not given, a Function that is transient. Nor is it if messages were printed, and Keep
// was called before: which of the results they belong to is not known.
//
// A nil result is not kept, and counts as one whose messages are known. The caller must not call Keep if
// one of the evaluations has failed.
func (ev *Evaluator) Keep(key string, result []byte) bool {
	if ev.cache == nil || ev.options == "" {
		return false
	}
	messages, alone := ev.said.take()
	if result == nil || len(messages) > 0 && !alone {
		return false
	}
	return ev.cache.Put(memo.KeyOf(ev.options, key), &memo.Entry{Result: result, Messages: messages, Reads: ev.reads.Reads()})
}

// once notes that evaluations have used what is different each time.
func (ev *Evaluator) once(what string) {
	if ev.reads != nil {
		ev.reads.Add(Read{Kind: world.ReadOnce, Name: what})
	}
}

// said remembers what evaluations print, for Keep.
type said struct {
	out io.Writer

	mu       sync.Mutex
	messages []string
	bytes    int
	overflow bool // there was more than is kept
	kept     bool // Keep was called
}

// maxSaid is how many bytes of messages are kept with a result.
const maxSaid = 1 << 20

// Write implements io.Writer.
func (s *said) Write(text []byte) (int, error) {
	s.mu.Lock()
	if s.bytes += len(text); s.bytes <= maxSaid {
		s.messages = append(s.messages, string(text))
	} else {
		s.messages, s.overflow = nil, true
	}
	s.mu.Unlock()
	return s.out.Write(text)
}

// take returns the messages so far, and whether they can only be those of one result.
func (s *said) take() (messages []string, alone bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	alone = !s.kept && !s.overflow
	s.kept = true
	if s.overflow {
		return []string{""}, false
	}
	return slices.Clone(s.messages), alone
}

// forget forgets the messages.
func (s *said) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages, s.bytes, s.overflow, s.kept = nil, 0, false, false
}

// remember prepares opt for Recall and Keep: what evaluations use beside files is noted.
func (ev *Evaluator) remember(opt *Options) {
	ev.cache = opt.Cache
	if ev.cache == nil {
		return
	}
	if program := programID(); program != "" && opt.OnImport == nil && opt.Debugger == nil {
		ev.options = program + "\x00" + opt.text()
	}
	ev.said = &said{out: opt.Messages}
	opt.Messages = ev.said
	if now := opt.Now; now != nil {
		opt.Now = func() time.Time {
			ev.once("the clock")
			return now()
		}
	}
}

// text returns all of the options that results depend on, as a text that is equal for equal ones.
// Of what can be seen only through what evaluations read, or not at all, it has nothing.
func (opt *Options) text() string {
	var b strings.Builder
	p := func(name string, value any) { fmt.Fprintf(&b, "%s=%#v\n", name, value) }
	names := make([]string, len(opt.Functions))
	for i, f := range opt.Functions {
		names[i] = fmt.Sprintf("%s/%d", f.name, len(f.args))
	}
	p("StoreDir", opt.StoreDir)
	p("Store", opt.Store != nil)
	p("SearchPath", opt.SearchPath)
	p("Dir", opt.Dir)
	p("Allowed", opt.Allowed)
	p("AllowedURIs", opt.AllowedURIs)
	p("Restriction", opt.Restriction)
	p("Pure", opt.Pure)
	p("NoImportFromDerivation", opt.NoImportFromDerivation)
	p("TraceImportFromDerivation", opt.TraceImportFromDerivation)
	p("System", opt.System)
	p("Home", opt.Home)
	p("Functions", names)
	groups, _ := os.Getgroups()
	p("User", []int{os.Geteuid(), os.Getegid()})
	p("Groups", groups)
	p("Features", opt.Features)
	p("NativeCode", opt.NativeCode)
	p("Lints", opt.Lints)
	p("TraceVerbose", opt.TraceVerbose)
	p("TraceCalls", opt.TraceCalls)
	p("AbortOnWarn", opt.AbortOnWarn)
	p("Limits", opt.Limits)
	p("Heap", opt.Heap)
	return b.String()
}

// settled is how old a program's file must be before its times tell it from one that replaces it.
const settled = 3 * time.Second

// programID returns a text that is another one for each program, and each version of it: of the file
// of the program its place, number, size and times, or, if it was written just now, a hash of it;
// "" if it is not known.
var programID = sync.OnceValue(func() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := world.OS().Lstat(context.Background(), world.FromOSPath(path))
	if err != nil || info.Type != world.Regular {
		return ""
	}
	version := ""
	if build, ok := debug.ReadBuildInfo(); ok {
		version = build.String()
	}
	latest := max(info.ModTime.UnixNano(), info.ID.Changed)
	if age := time.Since(time.Unix(0, latest)); age > settled && info.ID != (world.FileID{}) {
		return fmt.Sprintf("%s\n%s %d %d %+v", version, path, info.Size, info.ModTime.UnixNano(), info.ID)
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return version + "\n" + hex.EncodeToString(h.Sum(nil))
})
