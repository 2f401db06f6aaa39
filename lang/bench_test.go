package lang_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/lang"
)

// benchFiles returns the .nix files below $FIRN_BENCH (files or folders,
// separated as in $PATH), or the inputs in corpus/bench.
func benchFiles(b *testing.B) map[string]string {
	roots := filepath.SplitList(os.Getenv("FIRN_BENCH"))
	if len(roots) == 0 {
		roots = []string{"../corpus/bench"}
	}
	files := map[string]string{}
	for _, root := range roots {
		require.NoError(b, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() || filepath.Ext(path) != ".nix" {
				return err
			}
			src, err := os.ReadFile(path)
			files[path] = string(src)
			return err
		}))
	}
	require.NotEmpty(b, files)
	return files
}

// BenchmarkParse parses and resolves all files once per round, as one
// evaluation would: with one Config. Run it with -cpu 1.
func BenchmarkParse(b *testing.B) { benchParse(b, 1) }

// BenchmarkParseParallel is BenchmarkParse with a goroutine for each processor.
func BenchmarkParseParallel(b *testing.B) { benchParse(b, runtime.GOMAXPROCS(0)) }

func benchParse(b *testing.B, workers int) {
	if os.Getenv("GOGC") == "" {
		defer debug.SetGCPercent(debug.SetGCPercent(400)) // as the command does
	}
	var names, texts []string
	size := int64(0)
	for name, src := range benchFiles(b) {
		names, texts = append(names, name), append(texts, src)
		size += int64(len(src))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		cfg := lang.NewConfig()
		globals := lang.NewScope(cfg.Symbols, builtins.GlobalNames()...)
		var next atomic.Int64
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for {
					i := int(next.Add(1)) - 1
					if i >= len(names) {
						return
					}
					tree, err := cfg.Parse(names[i], texts[i])
					if err != nil {
						b.Error(err)
						return
					}
					// An undefined variable is no reason to stop.
					_ = tree.Resolve(globals)
				}
			})
		}
		wg.Wait()
	}
}

// BenchmarkKeep keeps the trees of all files, and reports how much memory they
// take, sources included, and what the process has from the system for it.
func BenchmarkKeep(b *testing.B) {
	files := benchFiles(b)
	var trees []*lang.Tree
	for b.Loop() {
		trees = nil
		cfg := lang.NewConfig()
		globals := lang.NewScope(cfg.Symbols, builtins.GlobalNames()...)
		for name, src := range files {
			tree, err := cfg.Parse(name, src)
			require.NoError(b, err)
			_ = tree.Resolve(globals)
			trees = append(trees, tree)
		}
	}
	var all runtime.MemStats
	runtime.ReadMemStats(&all)
	runtime.GC()
	var live runtime.MemStats
	runtime.ReadMemStats(&live)
	b.ReportMetric(float64(live.HeapAlloc)/1e6, "live-MB")
	b.ReportMetric(float64(all.Sys)/1e6, "system-MB")
	runtime.KeepAlive(trees)
}
