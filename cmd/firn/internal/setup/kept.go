package setup

// This file defines results that commands keep from one run to the next.

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/memo"
	"github.com/firn-lang/firn/eval/world"
)

const (
	// worthKeeping is how long what comes to a result must have taken: checking one that took less
	// would take as long.
	worthKeeping = 5 * time.Millisecond
	// MaxKept is how long a result may be, in bytes.
	MaxKept = 16 << 20
)

// ResultCache returns the cache of results in the user's folder for caches; nil if the setting
// eval-cache is off, there is no such folder and no home to make it in, or calls are traced, with
// the time.
func ResultCache(s *Streams, set *settings.Settings) *memo.Cache {
	dir := s.Getenv("XDG_CACHE_HOME")
	if dir == "" && s.Home != "" && s.Home != "/" {
		home := world.OSPath(s.Home)
		if info, err := os.Stat(home); err == nil && info.IsDir() {
			dir = filepath.Join(home, ".cache")
		}
	}
	if dir == "" || !filepath.IsAbs(dir) || !set.Bool("eval-cache") || set.Bool("trace-function-calls") {
		return nil
	}
	return memo.Open(filepath.Join(dir, "firn", "eval"), memo.Options{})
}

// Kept are the results of one run of a command, as far as an earlier one kept them. A nil Kept has
// none and keeps none.
type Kept struct {
	ev    *eval.Evaluator
	found map[string]*eval.Recalled
	asked int // number of keys
	since time.Time
}

// Recall looks for the results of keys, which are all that the run is going to come to, in this
// order. usable, which may be nil, says of each whether it can be used.
//
// Messages are printed again as they would be without the cache. So a result with messages is used
// only if all the others are there too, and have none: which of several results a message belongs
// to depends on which comes first.
func Recall(ctx context.Context, ev *eval.Evaluator, keys []string, usable func(result []byte) bool) *Kept {
	k := &Kept{ev: ev, found: map[string]*eval.Recalled{}, asked: len(keys), since: time.Now()}
	talking := 0
	for _, key := range keys {
		if _, known := k.found[key]; known {
			continue
		}
		r := ev.Recall(ctx, key)
		if r == nil || usable != nil && !usable(r.Result) {
			k.found[key] = nil
			continue
		}
		if len(r.Messages) > 0 {
			talking++
		}
		k.found[key] = r
	}
	missing := false
	for _, r := range k.found {
		missing = missing || r == nil
	}
	if talking > 0 && (missing || talking > 1 || len(keys) > 1) {
		for key, r := range k.found {
			if r != nil && len(r.Messages) > 0 {
				k.found[key] = nil
			}
		}
	}
	return k
}

// Has reports whether there are n results, and so nothing is evaluated.
func (k *Kept) Has(n int) bool {
	if k == nil || k.asked < n {
		return false
	}
	for _, r := range k.found {
		if r == nil {
			return false
		}
	}
	return true
}

// Get returns the result of a key, after its messages were written to out; ok is false if there is
// none.
func (k *Kept) Get(key string, out io.Writer) (result []byte, ok bool) {
	if k == nil || k.found[key] == nil {
		return nil, false
	}
	for _, text := range k.found[key].Messages {
		if _, err := io.WriteString(out, text); err != nil {
			return nil, false
		}
	}
	return k.found[key].Result, true
}

// Keep keeps the result of a key, unless it took no time. It must be called for each result, until an
// evaluation fails.
func (k *Kept) Keep(key string, result []byte) {
	if k == nil {
		return
	}
	switch {
	case time.Since(k.since) < worthKeeping, len(result) > MaxKept:
		result = nil
	case result == nil:
		result = []byte{} // of an empty string, for example
	}
	k.ev.Keep(key, result)
}

// Key returns the part of keys that the arguments of the command line are. Files and standard input
// are read for it, once: args has from then on what was found. ok is false if a file cannot be read.
func (s *Streams) Key(ctx context.Context, args []Arg) (key string, ok bool) {
	stdin := 0
	for _, a := range args {
		if a.From == FromStdin {
			stdin++
		}
	}
	if stdin > 1 {
		return "", false // which of them gets it depends on their names
	}
	var b strings.Builder
	for i := range args {
		a := &args[i]
		var data []byte
		var err error
		switch a.From {
		case FromFile, FromData:
			data, err = world.ReadFile(ctx, s.Host, s.Absolute(a.Value), MaxKept)
		case FromStdin:
			data, err = io.ReadAll(s.In)
		default:
			fmt.Fprintf(&b, "%q %q %d\n", a.Name, a.Value, a.From)
			continue
		}
		if err != nil {
			return "", false
		}
		text := string(data)
		a.contents = &text
		fmt.Fprintf(&b, "%q %q %d %q\n", a.Name, a.Value, a.From, text)
	}
	return b.String(), true
}
