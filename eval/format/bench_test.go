package format_test

import (
	"context"
	"io"
	"testing"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
)

// tenMegabytes evaluates to about as much JSON.
const tenMegabytes = `builtins.genList (i: { id = i; name = "element number ${toString i}"; ok = true; tags = [ "a" "b" 1.5 null ]; sub.x = i * 2; }) 100000`

// benchValue calls fn with tenMegabytes: evaluated, or anew each time.
func benchValue(b *testing.B, evaluated bool, fn func(c *core.Call, l heap.Lazy) (int, error)) {
	ev := newEvaluator(b)
	var v core.Value
	var err error
	for b.Loop() {
		if v == (core.Value{}) || !evaluated {
			b.StopTimer()
			if v, err = ev.EvalString(context.Background(), "«string»", tenMegabytes, "/"); err != nil {
				b.Fatal(err)
			}
			if evaluated {
				_ = ev.Run(context.Background(), func(c *core.Call) error { return c.DeepForce(c.Lazy(v)) })
			}
			b.StartTimer()
		}
		n := 0
		err := ev.Run(context.Background(), func(c *core.Call) error {
			n, err = fn(c, c.Lazy(v))
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(n))
	}
}

type countingWriter struct{ n int }

func (w *countingWriter) Write(p []byte) (int, error) {
	w.n += len(p)
	return io.Discard.Write(p)
}

func BenchmarkJSON(b *testing.B) {
	document := func(c *core.Call, l heap.Lazy) (int, error) {
		doc, err := format.ToJSON(c.Source(), l, format.Options{})
		if err != nil {
			return 0, err
		}
		return doc.Len(), nil
	}
	stream := func(opt format.Options) func(c *core.Call, l heap.Lazy) (int, error) {
		return func(c *core.Call, l heap.Lazy) (int, error) {
			var out countingWriter
			err := format.Write(c.Source(), &out, l, opt)
			return out.n, err
		}
	}
	b.Run("document/evaluated", func(b *testing.B) { benchValue(b, true, document) })
	b.Run("stream/evaluated", func(b *testing.B) { benchValue(b, true, stream(format.Options{Form: format.JSON})) })
	b.Run("document/anew", func(b *testing.B) { benchValue(b, false, document) })
	b.Run("stream/anew", func(b *testing.B) { benchValue(b, false, stream(format.Options{Form: format.JSON})) })
	for _, form := range []format.Form{format.Nix, format.YAML, format.XML} {
		b.Run(string(form)+"/evaluated", func(b *testing.B) { benchValue(b, true, stream(format.Options{Form: form})) })
	}
	b.Run("pretty/evaluated", func(b *testing.B) {
		benchValue(b, true, stream(format.Options{Pretty: true, Width: 80}))
	})
}
