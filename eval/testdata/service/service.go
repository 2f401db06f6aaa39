// Package service is a program that embeds firn as any other would: by its public
// interface, from another module.
package service

import (
	"context"
	"embed"
	"fmt"
	"time"

	"github.com/firn-lang/firn/eval"
)

//go:embed config
var files embed.FS

// Config is the configuration of the service.
type Config struct {
	Name   string
	Listen struct {
		Host string
		Port uint16
	}
	Timeout    time.Duration
	Currencies map[string]struct {
		Name string
		Rate float64
	}
	Handle eval.Value
}

// A Request asks for a price.
type Request struct {
	Item     string
	Count    int    `nix:",omitempty"`
	Currency string `nix:",omitempty"`
}

// An Answer is a price.
type Answer struct {
	Item  string
	Count int
	Total int
	Text  string
}

// A Service answers requests.
type Service struct {
	Config Config
	ev     *eval.Evaluator
}

var rates = map[string]float64{"eur": 1, "chf": 0.95, "usd": 1.1}

// New returns the service for an environment.
func New(ctx context.Context, environment string) (*Service, error) {
	ev, err := eval.New(eval.Options{
		Functions: []eval.Function{
			eval.Func1("rate", func(_ context.Context, currency string) (float64, error) {
				rate, ok := rates[currency]
				if !ok {
					return 0, eval.Catchable(fmt.Errorf("there is no currency %q", currency))
				}
				return rate, nil
			}, "currency"),
		},
		Limits: eval.Limits{Steps: 1_000_000, Memory: 32 << 20, Time: time.Second},
		Heap:   1 << 30,
	})
	if err != nil {
		return nil, err
	}
	s := &Service{ev: ev}
	v, err := ev.EvalFS(ctx, files, "config/service.nix")
	if err != nil {
		return nil, err
	}
	if v, err = v.Call(ctx, map[string]any{"environment": environment}); err != nil {
		return nil, err
	}
	return s, eval.Decode(ctx, v, &s.Config)
}

// Handle answers a request.
func (s *Service) Handle(ctx context.Context, r Request) (a Answer, err error) {
	v, err := s.Config.Handle.Call(ctx, r)
	if err != nil {
		return a, err
	}
	return a, eval.Decode(ctx, v, &a)
}

// Evaluate evaluates a program that somebody sent, to JSON.
func (s *Service) Evaluate(ctx context.Context, program string) ([]byte, error) {
	v, err := s.ev.EvalString(ctx, program)
	if err != nil {
		return nil, err
	}
	return v.JSON(ctx)
}

// Stats says how large the evaluator is.
func (s *Service) Stats() eval.Stats { return s.ev.Stats() }

// Collect gives back what is not needed.
func (s *Service) Collect(ctx context.Context) error { return s.ev.Collect(ctx) }
