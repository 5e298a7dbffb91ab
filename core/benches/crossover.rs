use static_net::kernel::Identity;
use static_net::kernel::convolution::*;
use static_net::prelude::*;
use static_net::simd::*;
use std::time::Instant;
#[derive(Clone)]
struct Run<'a>(Method, &'a Geometry, &'a [f32], &'a [f32], *mut f32, usize, *mut f32, usize);
impl Kernel for Run<'_> {
    type Output = f64;
    #[inline(always)]
    fn run<I: InstructionSet>(self, i: I) -> f64 {
        let r = unsafe { std::slice::from_raw_parts_mut(self.4, self.5) };
        let s = unsafe { std::slice::from_raw_parts_mut(self.6, self.7) };
        let mut best = f64::INFINITY;
        let start = Instant::now();
        while start.elapsed().as_secs_f64() < 0.06 {
            let t = Instant::now();
            convolve_by::<f32, I, Identity>(self.0, i, self.1, self.2, &[], self.3, r, None, s);
            best = best.min(t.elapsed().as_secs_f64());
        }
        best
    }
}
fn main() {
    let rng = &mut StdRng::seed_from_u64(1);
    let all = std::env::args().any(|a| a == "all");
    for c in [16, 24, 32, 48, 64, 96, 128, 256] {
        for side in [4, 7, 14, 28] {
            if c == 256 && side == 28 { continue; }
            let g = Geometry { groups: 1, inputs: c, outputs: c, image: [side; 2], result: [side; 2], kernel: [3; 2], stride: [1; 2], padding: [1; 2], dilation: [1; 2] };
            let mut random = |len| (0..len).map(|_| rng.random::<f32>() - 0.5).collect::<Vec<_>>();
            let w = random(g.weights());
            print!("{c:4} {side:3}:");
            for batch in [1, 2, 16] {
                let image = random(batch * g.image_values());
                let mut rows = vec![];
                let mut outs = vec![];
                for m in [Method::Direct, Method::Tiled] {
                    let mut r = vec![0.0; batch * g.result_values()];
                    let mut s = vec![0.0; g.method_scratch(m)];
                    let mut v = vec![];
                    let run = Run(m, &g, &w, &image, r.as_mut_ptr(), r.len(), s.as_mut_ptr(), s.len());
                    if all { dispatch_each(run, |_, t| v.push(t)); } else { v.push(dispatch(run)); }
                    rows.push(v);
                    outs.push(r);
                }
                let worst = outs[0].iter().zip(&outs[1]).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
                assert!(worst < 1e-4, "{worst}");
                print!("  b{batch}");
                for (d, t) in rows[0].iter().zip(&rows[1]) {
                    print!(" {:.2} ({:.0}/{:.0})", d / t, d * 1e6 / batch as f64, t * 1e6 / batch as f64);
                }
            }
            println!();
        }
    }
}
