package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/lang"
)

// progressEvery is how often the progress line changes.
const progressEvery = 100 * time.Millisecond

// check parses every .nix file below the folders, several at once, and lists
// what fails in the order of the files.
func check(s *streams, cfg *lang.Config, globals *lang.Scope, roots []string, jobs int) error {
	start := time.Now()
	files, err := nixFiles(roots)
	if err != nil {
		return err
	}
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	errs := make([]error, len(files))
	var next, done, size atomic.Int64
	var wg sync.WaitGroup
	for range jobs {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return
				}
				src, err := os.ReadFile(files[i])
				if err == nil {
					_, err = parse(cfg, globals, files[i], string(src))
				}
				errs[i] = err
				size.Add(int64(len(src)))
				done.Add(1)
			}
		})
	}
	finished := make(chan struct{})
	go func() { wg.Wait(); close(finished) }()
	progress(s.err, finished, &done, len(files))
	failed := 0
	for _, err := range errs {
		if err != nil {
			failed++
			fmt.Fprintln(s.err, err)
		}
	}
	elapsed := time.Since(start)
	megabytes := float64(size.Load()) / 1e6
	fmt.Fprintf(s.out, "%d files, %.1f MB, %d failed, %.2f s, %.0f MB/s\n",
		len(files), megabytes, failed, elapsed.Seconds(), megabytes/elapsed.Seconds())
	if failed > 0 {
		return errFailed
	}
	return nil
}

// progress shows how many files are done until finished is closed, if w is a terminal.
func progress(w io.Writer, finished <-chan struct{}, done *atomic.Int64, total int) {
	if !terminal.Is(w) {
		<-finished
		return
	}
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case <-finished:
			fmt.Fprint(w, "\r\x1b[K")
			return
		case <-tick.C:
			fmt.Fprintf(w, "\r\x1b[K%d/%d files", done.Load(), total)
		}
	}
}
