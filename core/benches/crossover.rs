use static_net::Float;
use static_net::kernel::Identity;
use static_net::kernel::convolution::*;
use static_net::prelude::*;
use static_net::simd::*;
use std::time::Instant;
#[derive(Clone)]
struct Run<'a, T>(Method, &'a Geometry, &'a [T], &'a [T], *mut T, usize, *mut T, usize);
impl<T: Float> Kernel for Run<'_, T> {
    type Output = f64;
    #[inline(always)]
    fn run<I: InstructionSet>(self, i: I) -> f64 {
        let r = unsafe { std::slice::from_raw_parts_mut(self.4, self.5) };
        let s = unsafe { std::slice::from_raw_parts_mut(self.6, self.7) };
        let mut best = f64::INFINITY;
        let start = Instant::now();
        while start.elapsed().as_secs_f64() < 0.04 {
            let t = Instant::now();
            convolve_by::<T, I, Identity>(self.0, i, self.1, self.2, &[], self.3, r, None, s);
            best = best.min(t.elapsed().as_secs_f64());
        }
        best
    }
}
fn go<T: Float>(cases: &[(usize, usize, usize, usize)]) {
    let rng = &mut StdRng::seed_from_u64(1);
    for &(ci, co, h, w) in cases {
        let g = Geometry {
            groups: 1,
            inputs: ci,
            outputs: co,
            image: [h, w],
            result: [h, w],
            kernel: [3; 2],
            stride: [1; 2],
            padding: [1; 2],
            dilation: [1; 2],
        };
        let mut random =
            |len| (0..len).map(|_| T::from_f64(rng.random::<f64>() - 0.5)).collect::<Vec<_>>();
        let weight = random(g.weights());
        print!("{ci:3} {co:3} {h:3}x{w:<3}:");
        for batch in [1, 2, 16] {
            let image = random(batch * g.image_values());
            let mut rows = vec![];
            for m in [Method::Direct, Method::Tiled] {
                let mut r = vec![T::ZERO; batch * g.result_values()];
                let mut s = vec![T::ZERO; g.method_scratch(m)];
                let mut v = vec![];
                let run =
                    Run(m, &g, &weight, &image, r.as_mut_ptr(), r.len(), s.as_mut_ptr(), s.len());
                dispatch_each(run, |_, t| v.push(t));
                rows.push(v);
            }
            print!("  b{batch}");
            for (d, t) in rows[0].iter().zip(&rows[1]) {
                print!(" {:.2}", d / t);
            }
            let (d, t) = (rows[0].last().unwrap(), rows[1].last().unwrap());
            print!(" ({:.1}/{:.1})", d * 1e6 / batch as f64, t * 1e6 / batch as f64);
        }
        println!();
    }
}
fn main() {
    let mut cases = vec![];
    for c in [16, 24, 32, 64] {
        for side in [7, 14, 28, 56, 112] {
            cases.push((c, c, side, side));
        }
    }
    println!("f32");
    go::<f32>(&cases);
}
