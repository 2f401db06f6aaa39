package eval_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

// configuration returns the text of a configuration of about that many bytes.
func configuration(bytes int) string {
	var b strings.Builder
	b.WriteString("let\n  service = name: port: { inherit name port; enable = true; };\nin {\n  services = [\n")
	for i := 0; b.Len() < bytes; i++ {
		fmt.Fprintf(&b, "    { name = \"service-%d\"; port = %d; enable = %v; weight = %d.5; tags = [ \"a%d\" \"b\" ];\n"+
			"      environment = { HOME = \"/var/lib/service-%d\"; LANG = \"C.UTF-8\"; DEBUG = \"\"; };\n"+
			"      child = service \"child-%d\" (%d + 1); description = \"the service number %d of ${toString 1} in all\"; }\n",
			i, i%60000, i%2 == 0, i, i, i, i, i%50000, i)
	}
	b.WriteString("  ];\n}\n")
	return b.String()
}

type service struct {
	Name        string
	Port        uint16
	Enable      bool
	Weight      float64
	Tags        []string
	Environment map[string]string `nix:"environment"`
	Child       *service
	Description string
}

// BenchmarkDecode evaluates a configuration of 10 MB in a new evaluator, and turns it into
// values of Go, or only evaluates all of it ("strict").
func BenchmarkDecode(b *testing.B) {
	source := configuration(10 << 20)
	for _, bb := range []struct {
		name string
		use  func(v eval.Value) error
	}{
		{"strict", func(v eval.Value) error { return v.DeepForce(ctx) }},
		{"struct", func(v eval.Value) error { return eval.Decode(ctx, v, new(struct{ Services []service })) }},
		{"any", func(v eval.Value) error { return eval.Decode(ctx, v, new(any)) }},
		{"json", func(v eval.Value) error {
			_, err := v.JSON(ctx)
			return err
		}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				ev := evaluator(b, eval.Options{})
				v, err := ev.EvalString(ctx, source)
				require.NoError(b, err)
				require.NoError(b, bb.use(v))
			}
		})
	}
}

// BenchmarkFunction calls functions of Go from Nix. The last column is what a call
// takes beyond that of a builtin that does the same.
func BenchmarkFunction(b *testing.B) {
	const calls = 100_000
	functions := []eval.Function{
		eval.Func1("func1", func(_ context.Context, n int64) (int64, error) { return n + 1, nil }),
		eval.Func1("text", func(_ context.Context, s string) (string, error) { return s, nil }),
		eval.Func2("func2", func(_ context.Context, a, b int64) (int64, error) { return a + b, nil }),
		eval.Func("reflect", func(n int64) int64 { return n + 1 }),
	}
	ev := evaluator(b, eval.Options{Functions: functions})
	run := func(b *testing.B, body string) time.Duration {
		p, err := ev.Compile(ctx, "bench", fmt.Sprintf(`builtins.foldl' (a: i: builtins.seq (%s) 0) 0 list`, body), "list")
		require.NoError(b, err)
		list := evaluate(b, ev, fmt.Sprintf("builtins.genList (i: i) %d", calls))
		require.NoError(b, list.DeepForce(ctx))
		start, n := time.Now(), 0
		for b.Loop() {
			_, err := p.Run(ctx, map[string]any{"list": list})
			require.NoError(b, err)
			n++
		}
		return time.Since(start) / time.Duration(n*calls)
	}
	for name, body := range map[string]string{
		"builtin": "builtins.bitNot or builtins.add i 1", "func1": "builtins.func1 i", "func2": "builtins.func2 i 1",
		"text": `builtins.text "text"`, "reflect": "builtins.reflect i",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportMetric(float64(run(b, body).Nanoseconds()), "ns/call")
		})
	}
}

// BenchmarkLimits evaluates with and without limits.
func BenchmarkLimits(b *testing.B) {
	const source = `let fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2);
		in fib 24 + builtins.length (builtins.sort (a: b: a < b) (builtins.genList (i: (i * 7919) - (i * 7919 / 10007) * 10007) 20000))`
	ev := evaluator(b, eval.Options{})
	p, err := ev.Compile(ctx, "bench", source)
	require.NoError(b, err)
	for _, name := range []string{"without", "with"} {
		b.Run(name, func(b *testing.B) {
			ctx, cancel := ctx, func() {}
			if name == "with" {
				ctx, cancel = context.WithCancel(eval.WithLimits(ctx, eval.Limits{Steps: 1e12, Memory: 1 << 32, Time: time.Hour, CallDepth: 10_000}))
			}
			defer cancel()
			for b.Loop() {
				_, err := p.Run(ctx, nil)
				require.NoError(b, err)
			}
		})
	}
}

// BenchmarkServer serves requests on all processors, with a configuration that is
// kept, and tells how long they take. "collect" is what an Evaluator does; "turns"
// is the other way to bound memory: a new evaluator, with all that was imported
// evaluated again, as soon as the old one is as large.
func BenchmarkServer(b *testing.B) {
	config := configuration(1 << 20)
	const handler = `config: request: {
		total = builtins.foldl' (a: s: a + s.port) 0 (builtins.genList (i: builtins.elemAt config.services (request.id + i)) 20);
		text = builtins.concatStringsSep "," (map (i: "${toString i}-${request.name}") (builtins.genList (i: i) 200));
	}`
	type generation struct {
		handle eval.Value
		ev     *eval.Evaluator
	}
	begin := func() *generation {
		ev := evaluator(b, eval.Options{})
		v, err := ev.EvalString(ctx, config)
		require.NoError(b, err)
		require.NoError(b, v.DeepForce(ctx))
		h := evaluate(b, ev, handler)
		h, err = h.Call(ctx, v)
		require.NoError(b, err)
		return &generation{h, ev}
	}
	for _, name := range []string{"collect", "turns"} {
		b.Run(name, func(b *testing.B) {
			var current atomic.Pointer[generation]
			current.Store(begin())
			limit := 2*current.Load().ev.Stats().HeapUsed + 32<<20
			var turning sync.Mutex
			var mu sync.Mutex
			var all []time.Duration
			var turns atomic.Int64
			b.RunParallel(func(pb *testing.PB) {
				var took []time.Duration
				for i := 0; pb.Next(); i++ {
					start := time.Now()
					g := current.Load()
					if name == "turns" && g.ev.Stats().HeapUsed > limit && turning.TryLock() {
						if current.Load() == g {
							current.Store(begin())
							turns.Add(1)
						}
						turning.Unlock()
						g = current.Load()
					}
					v, err := g.handle.Call(ctx, map[string]any{"id": i % 100, "name": "request"})
					if err == nil {
						_, err = v.JSON(ctx)
					}
					if err != nil {
						b.Error(err)
					}
					took = append(took, time.Since(start))
				}
				mu.Lock()
				all = append(all, took...)
				mu.Unlock()
			})
			slices.Sort(all)
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			st := current.Load().ev.Stats()
			b.ReportMetric(float64(all[len(all)*999/1000].Microseconds())/1000, "ms-p99.9")
			b.ReportMetric(float64(all[len(all)-1].Microseconds())/1000, "ms-longest")
			b.ReportMetric(float64(st.HeapUsed>>20), "MiB-values")
			b.ReportMetric(float64(st.Collections)+float64(turns.Load()), "collections")
		})
	}
}
